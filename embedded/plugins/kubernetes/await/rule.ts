/**
 * How readiness is decided: one rule for each kind (kinds/), a pure function from what is seen to a verdict. Texts, and what counts as ready, are the
 * official plugin's: https://github.com/pulumi/pulumi-kubernetes/tree/v4.32.0/provider/pkg/await
 */
import type {
  CoreV1Event,
  V1EndpointSlice,
  V1Pod,
  V1ReplicaSet,
  V1Service,
  V1StorageClass,
} from "@kubernetes/client-node";
import type { KubernetesObject } from "../api/object.ts";

/** An object as the API server sends it: the client library's type, with times as RFC 3339 strings. */
export type Live<Type> = Type extends Date
  ? string
  : Type extends readonly (infer Item)[]
    ? readonly Live<Item>[]
    : Type extends object
      ? { readonly [Name in keyof Type]: Live<Type[Name]> }
      : Type;

/** What other objects are looked at, by the plural names of their kinds. */
export interface RelatedKinds {
  readonly endpointslices: V1EndpointSlice;
  readonly events: CoreV1Event;
  readonly pods: V1Pod;
  readonly replicasets: V1ReplicaSet;
  readonly services: V1Service;
  readonly storageclasses: V1StorageClass;
}

export type RelatedKind = keyof RelatedKinds;

/** The related objects of the same namespace (storage classes: of the cluster); none of the kinds that the rule doesn't name. */
export type Related = { readonly [Kind in RelatedKind]: readonly Live<RelatedKinds[Kind]>[] };

/** All that a verdict depends on. */
export interface Situation<Type = KubernetesObject> {
  readonly object: Live<Type>;
  readonly related: Related;
  /** How long it has been waited for; infinite where the state is looked at once, without waiting. */
  readonly waitedMilliseconds: number;
}

export type Verdict =
  | { readonly is: "ready" }
  | {
      readonly is: "waiting";
      /** What is being waited for, in one line. */
      readonly status?: string;
      /** Why it isn't ready, for the error if the time runs out now. */
      readonly reasons: readonly string[];
      /** When to look again though nothing changed. */
      readonly againInMilliseconds?: number;
    }
  /** It will never be ready, however long one waits. */
  | { readonly is: "failed"; readonly reasons: readonly string[] };

export const ready: Verdict = { is: "ready" };

export function waiting(status: string, reasons: readonly string[] = [status]): Verdict {
  return { is: "waiting", status, reasons };
}

/** A kind's rule. */
export interface Rule<Type = KubernetesObject> {
  /** The related kinds whose changes may change the verdict. */
  readonly decidedBy?: readonly RelatedKind[];
  judge(situation: Situation<Type>): Verdict;
  /** The pods whose state tells why the object isn't ready. */
  pods?(situation: Situation<Type>): readonly Live<V1Pod>[];
  /** The ReplicaSet between the object and its pods, whose events tell why there are none. */
  replicaSet?(situation: Situation<Type>): Live<V1ReplicaSet> | undefined;
  /** The kind's own limit where it is shorter than the program's, in seconds. */
  readonly limitSeconds?: number;
  /** The error's message when the time is up. @defaultValue `'web' timed out waiting to be Ready` */
  readonly timedOut?: (name: string) => string;
  /** Whether a refresh, too, looks at readiness. @defaultValue false */
  readonly isRead?: true;
}

/**
 * Type-checks a rule against the client library's type of its kind. Objects come as plain JSON; that they have the type is what the API server's own
 * validation guarantees.
 */
export function rule<Type>(definition: Rule<Type>): Rule {
  return definition as unknown as Rule;
}

/** The error of kinds that the official plugin polls, with a limit of their own. */
export function polled(limitSeconds: number): Pick<Rule, "limitSeconds" | "timedOut"> {
  return { limitSeconds, timedOut: (name) => `Timeout occurred polling for '${name}'` };
}

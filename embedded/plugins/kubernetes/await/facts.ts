/** Small questions that rules ask of objects. */
import type { V1ObjectMeta } from "@kubernetes/client-node";
import type { Live } from "./rule.ts";

interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
}

type Conditioned<Item extends Condition> = { readonly conditions?: readonly Item[] } | undefined;

export function conditionOf<Item extends Condition>(
  status: Conditioned<Item>,
  type: string,
): Item | undefined {
  return status?.conditions?.find((condition) => condition.type === type);
}

export function isTrue(condition: Condition | undefined): boolean {
  return condition?.status === "True";
}

/** `[MinimumReplicasUnavailable] Deployment does not have minimum availability.` */
export function bracketed({
  reason,
  message,
}: {
  readonly reason?: string | undefined;
  readonly message?: string | undefined;
}): string {
  return `[${reason ?? ""}] ${message ?? ""}`.trim();
}

interface Described {
  readonly metadata?: Live<V1ObjectMeta>;
}

/** Whether the controller has seen the object as it is now: until then the status tells of an earlier one. */
export function isObserved(
  object: Described & { readonly status?: { readonly observedGeneration?: number } | undefined },
): boolean {
  const generation = object.metadata?.generation ?? 0;
  return (object.status?.observedGeneration ?? -1) >= generation;
}

/** Whether the object has the owner, as each of its own makes sure of in its `ownerReferences`. */
export function isOwnedBy(object: Described, owner: Described): boolean {
  const uid = owner.metadata?.uid;
  return (
    uid !== undefined && (object.metadata?.ownerReferences ?? []).some((reference) => reference.uid === uid)
  );
}

/** `namespace/name`, without the namespace if it is "default". */
export function fullName({ metadata }: Described): string {
  const { namespace, name } = metadata ?? {};
  return namespace && namespace !== "default" ? `${namespace}/${name}` : (name ?? "");
}

import { z } from "zod";
import type { Resource } from "../../resources.ts";

/** An object of a stack, as its program describes it. */
export interface PlannedObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  /** None for objects of the whole cluster, and where it isn't known yet. */
  readonly namespace: string | undefined;
  readonly labels: Readonly<Record<string, string>>;
  /** All of it. */
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** What a stack has, or will have, on a cluster. */
export interface OnCluster {
  readonly objects: readonly PlannedObject[];
  /** Namespaces that it makes: all that is in them is its own. */
  readonly ownNamespaces: readonly string[];
  /** All namespaces that it has objects in. */
  readonly namespaces: readonly string[];
  /** What the label {@link INSTANCE_LABEL} says on its objects. */
  readonly instances: readonly string[];
}

/** Label of everything that belongs together, https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/ */
export const INSTANCE_LABEL = "app.kubernetes.io/instance";

/** What a preview has in place of a value that is not known yet. */
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

const known = z
  .string()
  .refine((text) => text !== UNKNOWN)
  .optional()
  .catch(undefined);
const schema = z.object({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z
    .object({ name: known, namespace: known, labels: z.record(z.string(), z.string()).catch({}) })
    .catch({ name: undefined, namespace: undefined, labels: {} }),
});

/** What resources are on a cluster. */
export function onCluster(resources: readonly Resource[]): OnCluster {
  const objects = resources.filter(({ type }) => type.startsWith("kubernetes:")).flatMap(objectOf);
  const ownNamespaces = objects.filter(({ kind }) => kind === "Namespace").map(({ name }) => name);
  const stated = objects.flatMap(({ namespace }) => namespace ?? []);
  return {
    objects,
    ownNamespaces,
    namespaces: [...new Set([...ownNamespaces, ...stated])],
    instances: [...new Set(objects.flatMap(({ labels }) => labels[INSTANCE_LABEL] ?? []))],
  };
}

function objectOf({ inputs, outputs }: Resource): PlannedObject[] {
  // A name that the program left to be made up is in the outputs.
  const { success, data } = schema.safeParse(inputs);
  if (!success) return [];
  const { apiVersion, kind, metadata } = data;
  const made = schema.safeParse({ apiVersion, kind, ...outputs }).data?.metadata;
  const name = metadata.name ?? made?.name ?? "";
  const namespace = metadata.namespace ?? made?.namespace;
  return [{ apiVersion, kind, name, namespace, labels: metadata.labels, inputs }];
}

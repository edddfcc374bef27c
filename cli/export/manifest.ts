import { z } from "zod";
import type { Resource } from "../resources.ts";
import { opened } from "./secrets.ts";

/** An object of Kubernetes as a file has it. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly [part: string]: unknown;
}

/** A manifest, and whether there are secrets in it. */
export interface Extracted {
  readonly manifest: Manifest;
  readonly isSecret: boolean;
}

const texts = z.record(z.string(), z.string()).optional();
const shape = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z
    .looseObject({
      name: z.string().optional(),
      namespace: z.string().optional(),
      labels: texts,
      annotations: texts,
    })
    .default({}),
});

/** Annotations by which a program speaks to Pulumi, not to Kubernetes. */
const PULUMI = "pulumi.com/";

/** Objects that a resource stands for: one, or none where it is no object of Kubernetes. */
export function extract({ type, custom, delete: isLeaving, inputs, outputs }: Resource): Extracted[] {
  if (!custom || isLeaving || !type.startsWith("kubernetes:")) return [];
  const { value, isSecret } = opened(inputs);
  const { success, data } = shape.safeParse(withoutNothing(value));
  if (!success) return [];
  const { apiVersion, kind, metadata, status: _, ...parts } = data;
  const { annotations = {}, labels, namespace, name = madeName(outputs), ...rest } = metadata;
  const own = Object.fromEntries(Object.entries(annotations).filter(([key]) => !key.startsWith(PULUMI)));
  const manifest: Manifest = {
    apiVersion,
    kind,
    metadata: {
      name,
      ...(namespace !== undefined && { namespace }),
      ...rest,
      ...(labels && Object.keys(labels).length > 0 && { labels }),
      ...(Object.keys(own).length > 0 && { annotations: own }),
    },
    ...parts,
  };
  return [{ manifest, isSecret: isSecret || kind === "Secret" }];
}

/** The name that was made up for an object of which the program states none. */
function madeName(outputs: unknown): string {
  return shape.safeParse(outputs).data?.metadata.name ?? "";
}

/** A value without what is null, and without what Pulumi keeps for itself. Empty objects stay: an empty selector selects all. */
function withoutNothing(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNothing);
  if (typeof value !== "object" || value === null) return value;
  const kept = Object.entries(value).filter(([key, each]) => each !== null && !key.startsWith("__"));
  return Object.fromEntries(kept.map(([key, each]) => [key, withoutNothing(each)]));
}

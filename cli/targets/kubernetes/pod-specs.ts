import { z } from "zod";
import type { PlannedObject } from "./objects.ts";

const quantities = z.record(z.string(), z.coerce.string()).catch({});
const container = z.object({
  image: z.string().optional().catch(undefined),
  resources: z
    .object({ requests: quantities.default({}), limits: quantities.default({}) })
    .catch({ requests: {}, limits: {} })
    .default({ requests: {}, limits: {} }),
});
const spec = z.object({
  containers: z.array(container).default([]),
  initContainers: z.array(container).default([]),
  tolerations: z
    .array(
      z.object({
        key: z.string().optional(),
        operator: z.string().default("Equal"),
        value: z.string().default(""),
        effect: z.string().optional(),
      }),
    )
    .catch([])
    .default([]),
});

/** The pods of a workload, as far as the command line looks at them. */
export interface PodSpec extends z.output<typeof spec> {
  /** Who has them. */
  readonly owner: string;
  /** How many there are; at least, where that changes. */
  readonly copies: number;
  /** Whether they run until they are stopped. */
  readonly stays: boolean;
}

/** Where each kind of workload keeps the description of its pods. */
const PLACES: Readonly<Record<string, { readonly path: readonly string[]; readonly stays: boolean }>> = {
  Pod: { path: ["spec"], stays: true },
  Deployment: { path: ["spec", "template", "spec"], stays: true },
  StatefulSet: { path: ["spec", "template", "spec"], stays: true },
  DaemonSet: { path: ["spec", "template", "spec"], stays: true },
  Job: { path: ["spec", "template", "spec"], stays: false },
  CronJob: { path: ["spec", "jobTemplate", "spec", "template", "spec"], stays: false },
};

/** The pods of an object, if it has any. */
export function podSpecs({ kind, name, inputs }: PlannedObject): PodSpec[] {
  const place = PLACES[kind];
  const { success, data } = spec.safeParse(place && at(inputs, place.path));
  if (!place || !success) return [];
  const replicas = at(inputs, ["spec", "replicas"]);
  return [{ ...data, owner: name, stays: place.stays, copies: typeof replicas === "number" ? replicas : 1 }];
}

function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inside, key) => (inside as Readonly<Record<string, unknown>> | undefined)?.[key],
    value,
  );
}

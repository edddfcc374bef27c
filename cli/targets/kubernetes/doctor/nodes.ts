import type { PodSpec } from "../pod-specs.ts";
import { quantity } from "./quantity.ts";

/** Processors and memory, and graphics processors. */
export interface Size {
  readonly cpus: number;
  readonly memoryGiB: number;
  readonly gpus: number;
}

/** A node that pods can come to. */
export interface Node extends Size {
  readonly name: string;
  /** Its taints that keep pods away which do not tolerate them. */
  readonly taints: readonly { readonly key: string; readonly value: string; readonly effect: string }[];
}

/** The pods of a workload as the scheduler counts them. */
export interface Demand extends Size {
  readonly owner: string;
  readonly copies: number;
  readonly tolerations: PodSpec["tolerations"];
}

const GIB = 1024 ** 3;

/** Reads amounts as Kubernetes writes them. */
export function sizeOf(amounts: Readonly<Record<string, string>>): Size {
  return {
    cpus: quantity(amounts["cpu"] ?? "0"),
    memoryGiB: quantity(amounts["memory"] ?? "0") / GIB,
    // What NVIDIA's device plugin makes known, https://github.com/NVIDIA/k8s-device-plugin
    gpus: quantity(amounts["nvidia.com/gpu"] ?? "0"),
  };
}

/** What pods ask for: their containers together, or the largest of those that prepare them. */
export function demandOf({ containers, initContainers, owner, copies, tolerations }: PodSpec): Demand {
  // A limit without a request is one.
  const asked = ({ resources: { requests, limits } }: (typeof containers)[number]) =>
    sizeOf({ ...limits, ...requests });
  const together = total(containers.map(asked));
  const before = initContainers.map(asked);
  return {
    owner,
    copies,
    tolerations,
    cpus: Math.max(together.cpus, ...before.map(({ cpus }) => cpus)),
    memoryGiB: Math.max(together.memoryGiB, ...before.map(({ memoryGiB }) => memoryGiB)),
    gpus: Math.max(together.gpus, ...before.map(({ gpus }) => gpus)),
  };
}

/** The sum of some sizes. */
export function total(sizes: readonly Size[]): Size {
  return {
    cpus: sizes.reduce((sum, { cpus }) => sum + cpus, 0),
    memoryGiB: sizes.reduce((sum, { memoryGiB }) => sum + memoryGiB, 0),
    gpus: sizes.reduce((sum, { gpus }) => sum + gpus, 0),
  };
}

/** Whether one pod of these can run on an empty node. */
export function fits({ cpus, memoryGiB, gpus, tolerations }: Demand, node: Node): boolean {
  const isLetIn = node.taints.every((taint) =>
    tolerations.some(
      ({ key, operator, value, effect }) =>
        (effect === undefined || effect === taint.effect) &&
        (key === undefined || key === taint.key) &&
        (operator === "Exists" || value === taint.value),
    ),
  );
  return isLetIn && cpus <= node.cpus && memoryGiB <= node.memoryGiB && gpus <= node.gpus;
}

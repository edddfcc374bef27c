import type { PodSpec } from "../pod-specs.ts";
import { quantity } from "./quantity.ts";

/** Processors and memory. */
export interface Size {
  readonly cpus: number;
  readonly memoryGiB: number;
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
  return { cpus: quantity(amounts["cpu"] ?? "0"), memoryGiB: quantity(amounts["memory"] ?? "0") / GIB };
}

/** What pods ask for: their containers together, or the largest of those that prepare them. */
export function demandOf({ containers, initContainers, owner, copies, tolerations }: PodSpec): Demand {
  const together = total(containers.map(({ resources }) => sizeOf(resources.requests)));
  const before = initContainers.map(({ resources }) => sizeOf(resources.requests));
  return {
    owner,
    copies,
    tolerations,
    cpus: Math.max(together.cpus, ...before.map(({ cpus }) => cpus)),
    memoryGiB: Math.max(together.memoryGiB, ...before.map(({ memoryGiB }) => memoryGiB)),
  };
}

/** The sum of some sizes. */
export function total(sizes: readonly Size[]): Size {
  return {
    cpus: sizes.reduce((sum, { cpus }) => sum + cpus, 0),
    memoryGiB: sizes.reduce((sum, { memoryGiB }) => sum + memoryGiB, 0),
  };
}

/** Whether one pod of these can run on an empty node. */
export function fits({ cpus, memoryGiB, tolerations }: Demand, node: Node): boolean {
  const isLetIn = node.taints.every((taint) =>
    tolerations.some(
      ({ key, operator, value, effect }) =>
        (effect === undefined || effect === taint.effect) &&
        (key === undefined || key === taint.key) &&
        (operator === "Exists" || value === taint.value),
    ),
  );
  return isLetIn && cpus <= node.cpus && memoryGiB <= node.memoryGiB;
}

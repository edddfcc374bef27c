import { openStack } from "../../cli/stack.ts";
import { topologyOf } from "../../cli/topology/topology-of.ts";
import type { Topology } from "../../cli/topology/topology.ts";

const read = new Map<string, Promise<Topology>>();

/** The facts of a stack of this repository, read once in each test file. */
export function topologyFor(stack: string): Promise<Topology> {
  const topology = read.get(stack) ?? openStack(stack).then(topologyOf);
  read.set(stack, topology);
  return topology;
}

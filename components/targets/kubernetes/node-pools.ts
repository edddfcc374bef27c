import type * as pulumi from "@pulumi/pulumi";
import type { Demand } from "../../model/capacity.ts";
import { judgeNodes } from "../../model/node-capacity.ts";
import type { Cluster, NodePool } from "./cluster.ts";

/** The pools of a cluster that are there, and those that can be made. */
export interface NodePools {
  readonly there: readonly NodePool[];
  readonly spare: readonly NodePool[];
}

/** Tells pools that are there anyway from those that are made if something needs them. */
export function poolsOf({ nodes }: Cluster): NodePools {
  return { there: nodes.filter(({ make }) => !make), spare: nodes.filter(({ make }) => make) };
}

/**
 * The fewest of the pools that can be made with which a plan fits; all of them where it fits with none, so that the refusal
 * shows the arithmetic of everything there could be.
 *
 * @param share Share of the processors and memory asked for that has to be promised
 */
export function poolsToMake(
  plan: Readonly<Record<string, Demand>>,
  { there, spare }: NodePools,
  share: number,
): readonly NodePool[] {
  const fits = (made: readonly NodePool[]) => judgeNodes(plan, [...there, ...made], share).fits;
  return choices(spare).find(fits) ?? spare;
}

/** Every choice of some pools, the fewest first. */
function choices(pools: readonly NodePool[]): readonly (readonly NodePool[])[] {
  const all = pools.reduce<readonly (readonly NodePool[])[]>(
    (some, pool) => [...some, ...some.map((choice) => [...choice, pool])],
    [[]],
  );
  return all.toSorted((a, b) => a.length - b.length);
}

/** What was made, so that several targets on one cluster have a pool together. */
const made = new WeakMap<NodePool, pulumi.Resource>();

/** Makes pools that were not made yet, and gives what has to wait for them. */
export function makePools(pools: readonly NodePool[]): readonly pulumi.Resource[] {
  return pools.flatMap((pool) => {
    const resource = made.get(pool) ?? pool.make?.();
    if (resource) made.set(pool, resource);
    return resource ?? [];
  });
}

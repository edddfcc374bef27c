import { type Allocatable, gkeAllocatable } from "../node-types/index.ts";
import { type Pool, type PoolDefaults, poolLabels, type PoolName } from "../pools.ts";
import type { NodePool } from "../../targets/kubernetes/cluster.ts";

/** Sizes of pools whose stack states none. */
export const POOLS: PoolDefaults = {
  general: { type: "e2-standard-4", min: 3, initial: 3, max: 10 },
  memory: { type: "e2-highmem-8", min: 0, initial: 3, max: 6 },
  gpu: { type: "g2-standard-8", min: 0, initial: 0, max: 2 },
};

/** Zones of a cluster that states none: Google chooses as many. */
export const ZONES = 3;

/**
 * Nodes in each zone at first: a regional cluster counts them by the zone
 * (https://cloud.google.com/kubernetes-engine/docs/concepts/regional-clusters).
 */
export function initialPerZone({ initial }: Pool, zones: number): number {
  return Math.ceil(initial / zones);
}

/** What Google calls the graphics processors of a family of machines: https://cloud.google.com/compute/docs/gpus */
const ACCELERATORS: Readonly<Record<string, string>> = { g2: "nvidia-l4" };

/** Name of a machine's graphics processors; none if it has none. */
export function acceleratorOf(type: string): string | undefined {
  return ACCELERATORS[type.slice(0, type.indexOf("-"))];
}

/** What the Kubernetes target is told of a pool. */
export function nodePoolOf(cluster: string, name: PoolName, { type, max }: Pool): NodePool {
  const allocatable: Allocatable = gkeAllocatable(type);
  return { ...allocatable, count: max, labels: poolLabels(cluster, name) };
}

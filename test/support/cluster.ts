import { loadImages as load, startCluster } from "../../embedded/cluster/cluster.ts";
import { addresses, paths } from "../../embedded/cluster/context.ts";
import type { SimulatedNodes } from "../../embedded/cluster/control-plane/simulated-nodes.ts";
import { keelsonHome } from "../../embedded/parts/home.ts";

/** Where the cluster's ingress controller listens. */
export const ENTRY_ADDRESS = addresses.host;

/** Simulated nodes of the size that the platforms' documents name, and as many as there may be of them. */
export const SIMULATED: SimulatedNodes = { count: 10, cpus: 4, memoryGiB: 16 };

/** Simulated nodes for servers that ask for more memory than those have; they come after them. */
export const MEMORY_RICH: SimulatedNodes = { count: 3, cpus: 8, memoryGiB: 64 };

/** A stack's settings for the real node, which has this machine's two cores. */
export const REAL_NODE = {
  storageClass: "local-path",
  nodes: [{ cpus: 2, memoryGiB: 16, count: 1 }],
};

/** A stack's settings for the simulated nodes. */
export const SIMULATED_NODES = onSimulated(SIMULATED);

/** A stack's settings for both kinds of simulated nodes. */
export const MEMORY_RICH_NODES = onSimulated(SIMULATED, MEMORY_RICH);

function onSimulated(...pools: readonly SimulatedNodes[]) {
  const mark = { "kwok.x-k8s.io/node": "simulated" };
  return { storageClass: "simulated", nodes: pools.map((pool) => ({ ...pool, labels: mark, taints: mark })) };
}

/** Starts what of the cluster does not run, once for all tests; `keelson cluster down` ends it. */
export async function setup(): Promise<void> {
  await startCluster({ progress: console.log, simulated: [SIMULATED, MEMORY_RICH] });
}

/** Credentials for the cluster. */
export function kubeconfigPath(): string {
  return paths({ home: keelsonHome() }).kubeconfig;
}

/** Makes images of this machine's Docker known to the real node. */
export async function loadImages(references: readonly string[]): Promise<void> {
  await load(references, { progress: console.log });
}

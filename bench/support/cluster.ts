import { execa } from "execa";
import { obtainControlPlanePrograms } from "../../embedded/cluster/control-plane/programs.ts";
import {
  clusterStatus,
  type SimulatedNodes,
  startCluster,
  stopCluster,
} from "../../embedded/cluster/index.ts";
import { keelsonHome } from "../../embedded/parts/home.ts";
import type { Report } from "./row.ts";

/** Simulated nodes of the size that the platforms' documents name. */
export const SIMULATED: SimulatedNodes = { count: 10, cpus: 4, memoryGiB: 16 };

/** The cluster of this machine, for as long as something is measured. */
export interface BenchCluster {
  readonly kubeconfig: string;
  /** Runs `kubectl`. @throws Error with what it printed when it fails, or takes longer than the limit */
  kubectl(...args: readonly string[]): Promise<string>;
  /** Ends it, if it was started for this. */
  close(): Promise<void>;
}

/** Most time that one command of `kubectl` may take. */
const LIMIT_MILLISECONDS = 15 * 60_000;

/**
 * Opens the cluster of this machine; starts one without a real node where none is up.
 *
 * @throws Error when one is up that has too few simulated nodes
 */
export async function openCluster(report: Report): Promise<BenchCluster> {
  const { isUp, nodes } = await clusterStatus({ progress: report });
  const wanted = `${SIMULATED.count}x${SIMULATED.cpus}x${SIMULATED.memoryGiB}`;
  if (isUp && nodes.filter(({ isSimulated }) => isSimulated).length < SIMULATED.count) {
    throw new Error(`the cluster has too few simulated nodes: keelson cluster up --simulated ${wanted}`);
  }
  if (!isUp) await startCluster({ progress: report, simulated: [SIMULATED], node: false });
  const { kubeconfig } = await clusterStatus({ progress: report });
  const programs = await obtainControlPlanePrograms({
    home: keelsonHome(),
    environment: process.env,
    progress: report,
  });
  return {
    kubeconfig,
    async kubectl(...args) {
      const { stdout } = await execa(programs.kubectl, ["--kubeconfig", kubeconfig, ...args], {
        timeout: LIMIT_MILLISECONDS,
      });
      return stdout;
    },
    close: async () => (isUp ? undefined : stopCluster({ progress: report })),
  };
}

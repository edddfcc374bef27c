import {
  clusterStatus as lookAtCluster,
  type ClusterStatus,
  loadImages,
  type SimulatedNodes,
  startSteps,
  stopCluster,
  withCluster,
} from "../../embedded/cluster/index.ts";
import { bad, type Check, good, showChecks } from "../checks.ts";
import { carryOut } from "../steps.ts";
import { progress } from "../terminal.ts";

/** What is started. */
export interface UpOptions {
  readonly simulated?: readonly SimulatedNodes[];
  readonly node: boolean;
}

/** Starts the cluster, step by step on the screen, and says how it is used. */
export async function clusterUp(options: UpOptions): Promise<number> {
  await withCluster({ progress }, () => carryOut(startSteps(options)));
  const { kubeconfig } = await lookAtCluster({ progress });
  console.log(`\nThe cluster is up. To use it:\n  export KUBECONFIG=${kubeconfig}`);
  return 0;
}

/** Ends the cluster, and leaves nothing of it but what was built. */
export async function clusterDown(): Promise<number> {
  await carryOut([
    {
      title: "cluster",
      run: async (report) => {
        await stopCluster({ progress: report });
        return "nothing is left of it";
      },
    },
  ]);
  return 0;
}

/** Shows how the cluster is; the status is 1 unless all of it runs and is ready. */
export async function clusterStatus({ json }: { readonly json?: boolean }): Promise<number> {
  const status = await lookAtCluster({ progress });
  if (json) console.log(JSON.stringify(status, undefined, 2));
  else if (status.daemons.length === 0) console.log("There is no cluster: keelson cluster up starts one.");
  else console.log(`${showChecks(checksOf(status))}\n\nexport KUBECONFIG=${status.kubeconfig}`);
  return status.isUp && status.nodes.every(({ isReady }) => isReady) ? 0 : 1;
}

/** Copies images from Docker to the cluster's node. */
export async function clusterLoad(images: readonly string[]): Promise<number> {
  await carryOut([
    {
      title: "images",
      run: async (report) => {
        await loadImages(images, { progress: report });
        return images.join(", ");
      },
    },
  ]);
  return 0;
}

function checksOf({ daemons, nodes }: ClusterStatus): Check[] {
  const remedy = "start it again: keelson cluster up";
  return [
    ...daemons.map(({ name, isRunning }) =>
      isRunning ? good("daemon", name, "runs") : bad("daemon", name, "ended", remedy),
    ),
    ...nodes.map(({ name, isReady, isSimulated, cpus, memoryGiB }) => {
      const detail = `${isSimulated ? "simulated, " : ""}${cpus} CPUs, ${memoryGiB} GiB`;
      return isReady ? good("node", name, detail) : bad("node", name, `${detail}, is not ready`, remedy);
    }),
  ];
}

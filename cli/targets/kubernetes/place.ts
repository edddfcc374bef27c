import { clusterStatus, loadImages } from "../../../embedded/cluster/index.ts";
import { plannedResources, recordedResources } from "../../resources.ts";
import type { Report } from "../../session.ts";
import type { Place } from "../target.ts";
import { dataOn } from "./claims.ts";
import type { Connection } from "./connect.ts";
import { clusterFacts, planFacts } from "./doctor/facts.ts";
import { judgeCluster, judgePlan } from "./doctor/judge.ts";
import { loadedImages, pulledImages } from "./images.ts";
import type { Chosen } from "./kubeconfig.ts";
import { onCluster } from "./objects.ts";
import { runningOn } from "./running.ts";

/** A cluster that answers. */
export async function kubernetesPlace(connection: Connection, chosen: Chosen): Promise<Place> {
  const { client, version } = connection;
  const images = chosen.isOwnCluster ? await loadedImages(loadIntoNode) : pulledImages;
  return {
    version,
    environment: { ...images.environment, ...chosen.environment },
    async obtainImages(engine, report) {
      const ready = await images.obtain(engine, report);
      return { ...ready, environment: { ...ready.environment, ...chosen.environment } };
    },
    running: async (engine) => runningOn(client, onCluster(await recordedResources(engine))),
    data: async (engine) => dataOn(client, onCluster(await recordedResources(engine))),
    check: async () => judgeCluster(await clusterFacts(connection)),
    checkPlan: async (engine) => {
      const wanted = onCluster(await plannedResources(engine));
      const recorded = onCluster(await recordedResources(engine));
      return judgePlan(await planFacts(client, wanted, recorded), chosen.isOwnCluster);
    },
  };
}

/** Simulated nodes run nothing, and need no images. */
async function loadIntoNode(references: readonly string[], progress: Report): Promise<void> {
  const { nodes } = await clusterStatus({ progress });
  if (nodes.some(({ isSimulated }) => !isSimulated)) await loadImages(references, { progress });
}

import { google } from "../google.ts";
import { ownAccount } from "../iam/agents.ts";
import { nameIn } from "../links.ts";
import { nodePoolOutputs } from "./node-pool-outputs.ts";
import { problemOfPool } from "./node-pool-problems.ts";
import { nodePoolProperties } from "./node-pool-properties.ts";
import { clusterOf, imaginedPool } from "./nodes.ts";

/** Its nodes are ones that kwok plays: as many as there may be at most, as nothing scales an imagined pool. */
export const nodePool = google({
  type: "nodePools",
  schemaVersion: 1,
  api: "container.googleapis.com",
  properties: nodePoolProperties,
  references: [
    { at: "cluster", to: "clusters", by: "name", names: nameIn, holds: false },
    { at: "nodeConfig.serviceAccount", to: "serviceAccounts", by: "email", names: ownAccount, holds: false },
  ],
  judge: problemOfPool,
  pathOf: ({ name, cluster }, place) => `${clusterOf(cluster, place)}/nodePools/${name}`,
  outputsOf: nodePoolOutputs,
  async made(outputs, { id, configuration, log }) {
    const pool = imaginedPool(outputs, id);
    await configuration.localCluster.setNodes(pool);
    log(
      "info",
      `${pool.count} simulated nodes, as many as the pool may have at most: nothing scales an imagined pool`,
    );
  },
  async removed(outputs, { id, configuration }) {
    const { cluster, pool } = imaginedPool(outputs, id);
    await configuration.localCluster.removeNodes(cluster, pool);
  },
});

import { google } from "../google.ts";
import { ownAccount } from "../iam/agents.ts";
import { nameIn } from "../links.ts";
import { clusterOutputs } from "./cluster-outputs.ts";
import { problemOfCluster } from "./cluster-problems.ts";
import { clusterProperties } from "./cluster-properties.ts";
import { storageClasses } from "./storage-classes.ts";

/** Its API server is that of this machine's control plane (../../cloud/local-cluster.ts); its nodes come with its pools. */
export const cluster = google({
  type: "clusters",
  schemaVersion: 2,
  api: "container.googleapis.com",
  properties: clusterProperties,
  announces: true,
  references: [
    { at: "network", to: "networks", by: "name", names: nameIn },
    { at: "subnetwork", to: "subnetworks", by: "name", names: nameIn },
    { at: "nodeConfig.serviceAccount", to: "serviceAccounts", by: "email", names: ownAccount, holds: false },
  ],
  judge: problemOfCluster,
  pathOf: ({ name }, { project, location }) => `projects/${project}/locations/${location}/clusters/${name}`,
  outputsOf: async (inputs, context) =>
    clusterOutputs(inputs, context, await context.configuration.localCluster.connection()),
  made: (_, { configuration }) => configuration.localCluster.addStorageClasses(storageClasses),
  protected: ({ deletionProtection }) =>
    deletionProtection === true
      ? "Cannot destroy cluster because deletion_protection is set to true: set deletionProtection to false and run `pulumi up` first"
      : undefined,
  /** The cloud deletes pools with their cluster. */
  async removed(_, { id, configuration: { localCluster, store } }) {
    for (const pool of store.all("nodePools").filter((each) => each.id.startsWith(`${id}/`))) {
      await localCluster.removeNodes(nameIn(id), nameIn(pool.id));
      store.remove("nodePools", pool.id);
    }
    if (store.all("clusters").every((other) => other.id === id))
      await localCluster.removeStorageClasses(storageClasses.map(({ name }) => name));
  },
});

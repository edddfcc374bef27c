import * as pulumi from "@pulumi/pulumi";
import { expect, it } from "vitest";
import { Gke } from "../../../../components/clusters/gke.ts";
import { CloudStore } from "../../../../embedded/plugins/cloud/store.ts";
import { gcpIn } from "../../../../embedded/plugins/gcp/provider.ts";
import { LEAST } from "../../../support/google-cloud.ts";
import { ImaginedStack, RecordingCluster } from "../../../support/imagined-cloud.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";

/** A cluster with all its pools, and the nodes that the imagined Google Cloud makes of them. */
async function withNodes() {
  const localCluster = new RecordingCluster();
  const store = new CloudStore("gcp", temporaryFolder());
  const provider = gcpIn(() => ({ environment: {}, store, localCluster }));
  const settings = { project: LEAST.project, region: "us-central1" };
  const stack = new ImaginedStack(provider, await provider.configure(settings));
  await pulumi.runtime.setMocks({
    call: ({ token, inputs }) => stack.invoke(token, inputs),
    newResource: async ({ type, name, inputs }) => {
      if (!type.startsWith("gcp:")) return { id: `${name}-id`, state: inputs };
      const { id, outputs } = await stack.create(type, name, inputs);
      return { id, state: outputs };
    },
  });
  const { cluster } = new Gke("prod", { ...LEAST, pools: { gpu: {} } });
  cluster.nodes.forEach(({ make }) => make?.());
  await pulumi.runtime.disconnect();
  return { cluster, nodes: [...localCluster.pools.values()] };
}

it("[G18] the nodes of a cluster on GKE have the labels, the numbers and the sizes that the target is told", async () => {
  const { cluster, nodes } = await withNodes();
  for (const { labels = {}, count, cpus, memoryGiB } of cluster.nodes) {
    const [key, value] = Object.entries(labels)[0]!;
    const ofPool = nodes.filter((each) => each.labels[key] === value);
    expect(ofPool).toMatchObject([{ count, allocatable: { cpus, memoryGiB } }]);
  }
  expect(nodes).toHaveLength(cluster.nodes.length);
});

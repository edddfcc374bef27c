import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { Gke, type GkeArgs } from "../../../../components/clusters/gke.ts";
import { CloudStore } from "../../../../embedded/plugins/cloud/store.ts";
import { gcpIn } from "../../../../embedded/plugins/gcp/provider.ts";
import type { Values } from "../../../../embedded/plugins/provider/value.ts";
import { LEAST } from "../../../support/google-cloud.ts";
import { ImaginedStack, type Made, RecordingCluster } from "../../../support/imagined-cloud.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";

const EVERYTHING: Partial<GkeArgs> = {
  pools: { gpu: {} },
  tags: { team: "platform" },
  securityGroup: "gke-security-groups@example.com",
  registry: true,
  zone: "ai.example.com",
  budget: { monthlyUsd: 2000, email: "operations@example.com" },
  deletionProtection: false,
};

/** What Google deletes never, or not by itself; docs/gke.md says so. */
const KEPT = [
  "gcp:projects/service:Service",
  "gcp:projects/serviceIdentity:ServiceIdentity",
  "gcp:kms/keyRing:KeyRing",
  "gcp:kms/cryptoKey:CryptoKey",
];

/** What a cluster's program makes in an imagined Google Cloud, in the order of its making; pools that wait are made, too. */
async function madeOf(args: Partial<GkeArgs>) {
  const localCluster = new RecordingCluster();
  const store = new CloudStore("gcp", temporaryFolder());
  const provider = gcpIn(() => ({ environment: {}, store, localCluster }));
  const stack = new ImaginedStack(
    provider,
    await provider.configure({ project: "acme-ai", region: "us-central1", defaultLabels: {} }),
  );
  const made: Made[] = [];
  const given = new Map<Made, Values>();
  await pulumi.runtime.setMocks({
    call: ({ token, inputs }) => stack.invoke(token, inputs),
    newResource: async ({ type, name, inputs }) => {
      if (!type.startsWith("gcp:")) return { id: `${name}-id`, state: inputs };
      const one = await stack.create(type, name, inputs);
      made.push(one);
      given.set(one, inputs);
      return { id: one.id, state: one.outputs };
    },
  });
  const gke = new Gke("prod", { ...LEAST, ...args });
  gke.cluster.nodes.forEach(({ make }) => make?.());
  await pulumi.runtime.disconnect();
  return { gke, made, given, stack, localCluster };
}

describe("a cluster on the imagined Google Cloud", () => {
  it("[G18] is taken as it is, does not differ from itself, and goes in the opposite order: what stays is what Google can't delete", async () => {
    const { made, given, stack, localCluster } = await madeOf(EVERYTHING);
    expect(localCluster.pools.size).toBe(3);
    for (const one of made) expect(await stack.diff(one, given.get(one)!)).toMatchObject({ changed: false });
    for (const one of made.toReversed()) await stack.delete(one);
    const still = await Promise.all(made.map(async (one) => ((await stack.refresh(one)) ? [one.type] : [])));
    expect(new Set(still.flat())).toEqual(new Set(KEPT));
    expect(localCluster.pools.size).toBe(0);
  });

  it("[G18] has nodes by the labels and the numbers that the target is told", async () => {
    const { gke, localCluster } = await madeOf({ pools: { gpu: {} } });
    const nodes = [...localCluster.pools.values()];
    for (const { labels = {}, count, cpus, memoryGiB } of gke.cluster.nodes) {
      const [key, value] = Object.entries(labels)[0]!;
      const ofPool = nodes.filter((each) => each.labels[key] === value);
      expect(ofPool).toMatchObject([{ count, allocatable: { cpus, memoryGiB } }]);
    }
    expect(nodes).toHaveLength(gke.cluster.nodes.length);
  });
});

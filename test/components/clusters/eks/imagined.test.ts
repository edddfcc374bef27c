import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { Eks, type EksArgs } from "../../../../components/clusters/eks.ts";
import { awsIn } from "../../../../embedded/plugins/aws/provider.ts";
import { CloudStore } from "../../../../embedded/plugins/cloud/store.ts";
import type { Values } from "../../../../embedded/plugins/provider/value.ts";
import { LEAST } from "../../../support/aws-cloud.ts";
import { ImaginedStack, type Made, RecordingCluster } from "../../../support/imagined-cloud.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";

const EVERYTHING: Partial<EksArgs> = {
  pools: { gpu: {} },
  tags: { team: "platform" },
  administrators: ["arn:aws:iam::123456789012:role/operations"],
  viewers: ["arn:aws:iam::123456789012:role/support"],
  registry: true,
  zone: "ai.example.com",
  budget: { monthlyUsd: 2000, email: "operations@example.com" },
  deletionProtection: false,
};

/** What a cluster's program makes in an imagined AWS, in the order of its making; pools that wait are made, too. */
async function madeOf(args: Partial<EksArgs>) {
  const localCluster = new RecordingCluster();
  const provider = awsIn({ store: new CloudStore("aws", temporaryFolder()), localCluster });
  const tags = { keelson: "production" };
  const stack = new ImaginedStack(
    provider,
    await provider.configure({ region: "us-west-2", defaultTags: { tags } }),
  );
  const made: Made[] = [];
  const given = new Map<Made, Values>();
  await pulumi.runtime.setMocks({
    call: ({ token, inputs }) => stack.invoke(token, inputs),
    newResource: async ({ type, name, inputs }) => {
      if (!type.startsWith("aws:")) return { id: `${name}-id`, state: inputs };
      const one = await stack.create(type, name, inputs);
      made.push(one);
      given.set(one, inputs);
      return { id: one.id, state: one.outputs };
    },
  });
  const eks = new Eks("production", { ...LEAST, ...args });
  eks.cluster.nodes.forEach(({ make }) => make?.());
  await pulumi.runtime.disconnect();
  return { eks, made, given, stack, localCluster };
}

describe("a cluster on the imagined AWS", () => {
  it("[G18] is taken as it is, does not differ from itself, and goes to nothing in the opposite order", async () => {
    const { made, given, stack, localCluster } = await madeOf(EVERYTHING);
    expect(localCluster.pools.size).toBe(3);
    for (const one of made) expect(await stack.diff(one, given.get(one)!)).toMatchObject({ changed: false });
    for (const one of made.toReversed()) await stack.delete(one);
    const still = await Promise.all(made.map(async (one) => ((await stack.refresh(one)) ? [one.type] : [])));
    expect(still.flat()).toEqual([]);
    expect(localCluster.pools.size).toBe(0);
  });

  it("[G18] has nodes by the labels and the numbers that the target is told", async () => {
    const { eks, localCluster } = await madeOf({ pools: { gpu: {} } });
    const nodes = [...localCluster.pools.values()];
    for (const { labels = {}, count, cpus, memoryGiB } of eks.cluster.nodes) {
      const [key, value] = Object.entries(labels)[0]!;
      const ofPool = nodes.filter((each) => each.labels[key] === value);
      expect(ofPool).toMatchObject([{ count, allocatable: { cpus, memoryGiB } }]);
    }
    expect(nodes).toHaveLength(eks.cluster.nodes.length);
  });
});

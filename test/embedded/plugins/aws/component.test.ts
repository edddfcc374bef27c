import * as pulumi from "@pulumi/pulumi";
import { afterEach, expect, it } from "vitest";
import { Eks, type EksArgs } from "../../../../components/clusters/eks.ts";
import type { Made } from "../../../support/imagined-cloud.ts";
import { newAccount, type Account } from "./account.ts";

/** Everything that a cluster can be asked for. */
const args: EksArgs = {
  access: ["203.0.113.0/24"],
  deletionProtection: false,
  administrators: ["arn:aws:iam::111122223333:role/deployers"],
  viewers: ["arn:aws:iam::111122223333:user/watcher"],
  pools: { gpu: {} },
  registry: true,
  zone: "ai.example.com",
  budget: { monthlyUsd: 500, email: "billing@example.com" },
};

afterEach(() => pulumi.runtime.disconnect());

/** Makes a cluster's resources in the imagined account, in the order in which they wait for each other. */
async function bringUp(
  { stack }: Account,
  name = "production",
  more: Partial<EksArgs> = {},
): Promise<Made[]> {
  const made: Made[] = [];
  await pulumi.runtime.setMocks({
    call: ({ token, inputs }) => stack.invoke(token, inputs),
    async newResource({ type, name: own, inputs }) {
      if (!type.startsWith("aws:")) return { id: own, state: inputs };
      const each = await stack.create(type, own, inputs);
      made.push(each);
      return { id: each.id, state: each.outputs };
    },
  });
  const eks = new Eks(name, { ...args, ...more });
  eks.cluster.nodes.forEach(({ make }) => make?.());
  await pulumi.runtime.disconnect();
  return made;
}

it("[G18] a whole cluster of the component is made of what the imagined account knows, in an order that it takes", async () => {
  const account = newAccount();
  await bringUp(account);
  const counts = [...account.localCluster.pools.values()].map(
    ({ labels, count }) => [labels["keelson.pool"], count] as const,
  );
  expect(Object.fromEntries(counts)).toEqual({
    "production-general": 10,
    "production-gpu": 2,
    "production-memory": 6,
  });
});

it("[G18] a cluster that was brought up is taken down to nothing", async () => {
  const account = newAccount();
  for (const each of (await bringUp(account)).toReversed()) await account.stack.delete(each);
  expect(account.store.everything()).toEqual([]);
  expect(account.localCluster.pools.size).toBe(0);
});

it("[O11] what was made is the same at the next run: nothing differs", async () => {
  const account = newAccount();
  for (const each of await bringUp(account)) {
    const found = await account.stack.refresh(each);
    expect(found, each.name).toBeDefined();
    const { __defaults: _, ...given } = each.inputs;
    const refreshed = { ...each, ...found };
    expect(await account.stack.diff(refreshed, given), each.type).toMatchObject({ changed: false });
    expect(await account.stack.diff(each, given), each.type).toMatchObject({ changed: false });
  }
});

it("[G18] nodes of a second component are made in the first one's cluster", async () => {
  const account = newAccount();
  const made = await bringUp(account);
  const subnets = made.filter(
    ({ type, name }) => type === "aws:ec2/subnet:Subnet" && name.includes("private"),
  );
  const existing = { cluster: "production", privateSubnetIds: subnets.map(({ id }) => id) };
  await bringUp(account, "more", { existing, administrators: [], viewers: [] });
  const clusters = [...account.localCluster.pools.values()].map(({ cluster }) => cluster);
  expect(account.store.all("clusters")).toHaveLength(1);
  expect(clusters).toEqual(Array.from({ length: 6 }, () => "production"));
});

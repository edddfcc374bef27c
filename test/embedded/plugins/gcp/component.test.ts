import * as pulumi from "@pulumi/pulumi";
import { afterEach, expect, it } from "vitest";
import { Gke, type GkeArgs } from "../../../../components/clusters/gke.ts";
import type { Made } from "../../../support/imagined-cloud.ts";
import { ImaginedGoogle, project, region } from "./imagined-google.ts";

/** Everything that a cluster can be asked for. */
const args: GkeArgs = {
  project,
  region,
  access: ["198.51.100.0/24"],
  deletionProtection: false,
  pools: { gpu: {} },
  registry: true,
  zone: "acme.example",
  budget: { monthlyUsd: 500, email: "billing@acme.example" },
};

afterEach(() => pulumi.runtime.disconnect());

/** Makes a cluster's resources in the imagined cloud, in the order in which they wait for each other. */
async function bringUp(google: ImaginedGoogle, name = "prod", more: Partial<GkeArgs> = {}): Promise<Made[]> {
  const made: Made[] = [];
  await pulumi.runtime.setMocks({
    call: ({ token, inputs }) => google.invoke(token, inputs),
    async newResource({ type, name: own, inputs }) {
      if (!type.startsWith("gcp:")) return { id: own, state: inputs };
      const each = await google.create(type, own, inputs);
      made.push(each);
      return { id: each.id, state: each.outputs };
    },
  });
  const gke = new Gke(name, { ...args, ...more });
  gke.cluster.nodes.forEach(({ make }) => make?.());
  await pulumi.runtime.disconnect();
  return made;
}

it("[G18] a whole cluster of the component is made of what the imagined cloud knows, in an order that it takes", async () => {
  const google = new ImaginedGoogle();
  await bringUp(google);
  const counts = [...google.localCluster.pools.values()].map(
    ({ labels, count }) => [labels["keelson.pool"], count] as const,
  );
  expect(Object.fromEntries(counts)).toEqual({ "prod-general": 10, "prod-gpu": 2, "prod-memory": 6 });
});

it("[G18] a cluster that was brought up is taken down, but for what Google Cloud keeps", async () => {
  const google = new ImaginedGoogle();
  const made = await bringUp(google);
  for (const each of made.toReversed()) await google.delete(each);
  const left = new Set(google.store.everything().map(({ type }) => type));
  expect([...left].toSorted()).toEqual(["cryptoKeys", "keyRings", "serviceIdentities", "services"]);
  expect(google.localCluster.pools.size).toBe(0);
});

it("[O11] what was made is the same at the next run: nothing differs", async () => {
  const google = new ImaginedGoogle();
  for (const each of await bringUp(google)) {
    const found = await google.refresh(each);
    expect(found, each.name).toBeDefined();
    const { __defaults: _, ...given } = each.inputs;
    expect(await google.diff({ ...each, outputs: found!.outputs }, given), each.type).toMatchObject({
      changed: false,
    });
  }
});

it("[G18] pools of a second component are made in the first one's cluster", async () => {
  const google = new ImaginedGoogle();
  await bringUp(google);
  await bringUp(google, "more", { existing: { cluster: "prod" } });
  const clusters = [...google.localCluster.pools.values()].map(({ cluster }) => cluster);
  expect(google.store.all("clusters")).toHaveLength(1);
  expect(clusters).toEqual(Array.from({ length: 6 }, () => "prod"));
});

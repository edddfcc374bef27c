import { describe, expect, it } from "vitest";
import { clusterOf } from "../../../support/google-cloud.ts";

const EXISTING = {
  network: "corp",
  subnetwork: "corp-gke",
  podsRange: "gke-pods",
  servicesRange: "gke-services",
};

describe("what is there already on Google Cloud", () => {
  it("is the network of a cluster, by one setting", async () => {
    const { all } = await clusterOf({ existing: EXISTING });
    const types = new Set(all.map(({ type }) => type));
    expect([...types].filter((type) => /:(?:Network|Subnetwork|Router|RouterNat)$/.test(type))).toEqual([]);
    expect(all.find(({ type }) => type === "gcp:container/cluster:Cluster")!.inputs).toMatchObject({
      network: "corp",
      subnetwork: "corp-gke",
      ipAllocationPolicy: {
        clusterSecondaryRangeName: "gke-pods",
        servicesSecondaryRangeName: "gke-services",
      },
    });
  });

  it("is a whole cluster, by one setting: pools, storage class and backups are made for it", async () => {
    const { gke, all } = await clusterOf({ existing: { cluster: "shared" } });
    const types = new Set(all.map(({ type }) => type));
    expect([...types].filter((type) => /:(?:Network|Subnetwork|Firewall|Cluster)$/.test(type))).toEqual([]);
    const [pool] = all.filter(({ type }) => type === "gcp:container/nodePool:NodePool");
    expect(pool!.inputs).toMatchObject({
      cluster: "shared",
      nodeConfig: { labels: { "keelson.pool": "prod-general" } },
    });
    expect(types).toContain("gcp:storage/bucket:Bucket");
    expect(gke.cluster.storageClass).toBe("pd-balanced");
    expect(all.filter(({ name }) => name === "prod-secrets")).toEqual([]);
  });
});

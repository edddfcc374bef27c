import { describe, expect, it } from "vitest";
import type { Values } from "../../../../embedded/plugins/provider/value.ts";
import { ImaginedGoogle, poolInputs, region, types } from "./imagined-google.ts";

describe("a node pool of the imagined Google Cloud", () => {
  it("has as many simulated nodes as it may have at most, over the cluster's zones", async () => {
    const google = await ImaginedGoogle.withApis();
    await google.cluster();
    const { id } = await google.create(types.pool, "general", { ...poolInputs, name: "general" });
    expect(id).toBe(`projects/acme-ai/locations/${region}/clusters/prod/nodePools/general`);
    expect(google.localCluster.pools.get("prod/general")).toMatchObject({
      cluster: "prod",
      pool: "general",
      count: 7,
      machine: "e2-standard-4",
      region,
      zones: [`${region}-a`, `${region}-b`, `${region}-c`],
      labels: { "keelson.pool": "prod-general", "cloud.google.com/gke-nodepool": "general" },
    });
    expect(google.logged).toContain(
      "7 simulated nodes, as many as the pool may have at most: nothing scales an imagined pool",
    );
  });

  it("counts nodes by the zone where its limits do", async () => {
    const google = await ImaginedGoogle.withApis();
    await google.cluster();
    const perZone = { ...poolInputs, autoscaling: { minNodeCount: 0, maxNodeCount: 2 }, name: "zonal" };
    await google.create(types.pool, "zonal", { ...perZone, nodeLocations: [`${region}-a`, `${region}-b`] });
    expect(google.localCluster.pools.get("prod/zonal")?.count).toBe(4);
    await google.create(types.pool, "fixed", {
      cluster: "prod",
      location: region,
      nodeCount: 1,
      name: "fixed",
      nodeConfig: { machineType: "e2-standard-2" },
    });
    expect(google.localCluster.pools.get("prod/fixed")?.count).toBe(3);
  });

  it("leaves pods what GKE leaves them, with taints and graphics processors", async () => {
    const google = await ImaginedGoogle.withApis();
    await google.cluster();
    await google.create(types.pool, "gpu", {
      ...poolInputs,
      name: "gpu",
      maxPodsPerNode: 32,
      nodeConfig: {
        machineType: "g2-standard-8",
        guestAccelerators: [{ type: "nvidia-l4", count: 1 }],
        taints: [{ key: "only", value: "gpu", effect: "NO_SCHEDULE" }],
      },
    });
    const pool = google.localCluster.pools.get("prod/gpu");
    expect(pool).toMatchObject({
      allocatable: { gpus: 1, pods: 32 },
      labels: { "cloud.google.com/gke-accelerator": "nvidia-l4" },
      taints: [{ key: "only", value: "gpu", effect: "NoSchedule" }],
    });
    expect(pool?.allocatable.cpus).toBeLessThan(8);
    expect(pool?.allocatable.memoryGiB).toBeLessThan(32);
  });

  it("has more nodes once it may, and none when it goes", async () => {
    const google = await ImaginedGoogle.withApis();
    await google.cluster();
    const pool = await google.create(types.pool, "general", { ...poolInputs, name: "general" });
    const larger = await google.update(pool, { ...pool.inputs, autoscaling: { totalMaxNodeCount: 9 } });
    expect(google.localCluster.pools.get("prod/general")?.count).toBe(9);
    await google.delete(larger);
    expect(google.localCluster.pools.size).toBe(0);
  });

  it.each<[Values, string]>([
    [{ cluster: "other" }, "'other' that 'cluster' names was not found"],
    [{ location: "us-central1" }, "Not found: projects/acme-ai/locations/us-central1/clusters/prod"],
    [{ nodeCount: 3 }, "Cannot set both initialNodeCount and nodeCount"],
    [
      { autoscaling: { totalMinNodeCount: 4, totalMaxNodeCount: 3 } },
      "least number of nodes 4 is more than its most, 3",
    ],
    [{ autoscaling: { maxNodeCount: 3, totalMaxNodeCount: 3 } }, "either maxNodeCount or totalMaxNodeCount"],
    [{ upgradeSettings: { maxSurge: 0, maxUnavailable: 0 } }, "have to add up to 1 to 20"],
    [{ nodeLocations: ["us-central1-a"] }, `are no zones of ${region}`],
    [
      { nodeConfig: { machineType: "z9-huge-1" } },
      'a machine of the type "z9-huge-1" is: give one of e2-standard-2',
    ],
    [
      { nodeConfig: { machineType: "g2-standard-8", guestAccelerators: [{ type: "nvidia-l4", count: 2 }] } },
      "has 1 graphics processors, but guestAccelerators are 2",
    ],
  ])("is refused with %j", async (own, problem) => {
    const google = await ImaginedGoogle.withApis();
    await google.cluster();
    await expect(google.create(types.pool, "general", { ...poolInputs, ...own })).rejects.toThrow(problem);
  });

  it("tells pods of identities only where its cluster has them", async () => {
    const google = await ImaginedGoogle.withApis();
    const { workloadIdentityConfig: _, ...without } = google.clusterInputs(await google.network());
    await google.create(types.cluster, "prod", without);
    const nodeConfig = { ...poolInputs.nodeConfig, workloadMetadataConfig: { mode: "GKE_METADATA" } };
    await expect(google.create(types.pool, "general", { ...poolInputs, nodeConfig })).rejects.toThrow(
      "GKE_METADATA takes Workload Identity, which the cluster 'prod' does not have",
    );
  });

  it("is replaced by another machine's account, and keeps its place with another machine", async () => {
    const google = await ImaginedGoogle.withApis();
    await google.cluster();
    const pool = await google.create(types.pool, "general", poolInputs);
    const of = (own: Values) =>
      google.diff(pool, { ...pool.inputs, nodeConfig: { ...poolInputs.nodeConfig, ...own } });
    expect(await of({})).toMatchObject({ changed: false });
    expect(await of({ machineType: "e2-standard-8" })).toMatchObject({ changed: true, replaces: [] });
    expect(await of({ serviceAccount: "other" })).toMatchObject({ replaces: ["nodeConfig"] });
    expect(await google.diff(pool, { ...pool.inputs, initialNodeCount: 2 })).toMatchObject({
      replaces: ["initialNodeCount"],
    });
  });
});

import { assert, integer, nat, property } from "fast-check";
import { describe, expect, it } from "vitest";
import { mistakesOf } from "../../../../components/clusters/gke/mistakes.ts";
import {
  acceleratorOf,
  initialPerZone,
  nodePoolOf,
  POOLS,
} from "../../../../components/clusters/gke/pools.ts";
import { GKE_TYPES, gkeAllocatable } from "../../../../components/clusters/node-types/index.ts";
import { poolsOf } from "../../../../components/clusters/pools.ts";
import { clusterOf, LEAST } from "../../../support/google-cloud.ts";

const made = async (args: Parameters<typeof clusterOf>[0], then?: Parameters<typeof clusterOf>[1]) => {
  const { gke, all } = await clusterOf(args, then);
  const pools = all.filter(({ type }) => type === "gcp:container/nodePool:NodePool");
  return { gke, pools: Object.fromEntries(pools.map(({ name, inputs }) => [name, inputs])) };
};

describe("pools of a cluster on GKE", () => {
  it("[O11] are three e2-standard-4 of a regional cluster, which may become ten", async () => {
    const { pools } = await made({});
    expect(Object.keys(pools)).toEqual(["prod-general"]);
    expect(pools["prod-general"]).toMatchObject({
      location: "us-central1",
      // In each of three zones.
      initialNodeCount: 1,
      autoscaling: { totalMinNodeCount: 3, totalMaxNodeCount: 10, locationPolicy: "BALANCED" },
      nodeConfig: { machineType: "e2-standard-4", diskSizeGb: 100, diskType: "pd-balanced" },
    });
  });

  it("[G18] have one of large memory once something asks the target for it", async () => {
    const { pools } = await made({}, ({ cluster }) => cluster.nodes.forEach(({ make }) => make?.()));
    expect(pools["prod-memory"]).toMatchObject({
      initialNodeCount: 1,
      autoscaling: { totalMinNodeCount: 0, totalMaxNodeCount: 6 },
      nodeConfig: { machineType: "e2-highmem-8", labels: { "keelson.pool": "prod-memory" } },
    });
  });

  it("[G8] are told to the target with what pods may ask for on a node, their label and their number at most", async () => {
    const { gke } = await made({ pools: { gpu: { max: 4 } } });
    const labels = (pool: string) => ({ "keelson.pool": `prod-${pool}` });
    expect(gke.cluster.nodes).toEqual([
      { ...gkeAllocatable("e2-standard-4"), count: 10, labels: labels("general") },
      { ...gkeAllocatable("e2-highmem-8"), count: 6, labels: labels("memory"), make: expect.any(Function) },
      { ...gkeAllocatable("g2-standard-8"), count: 4, labels: labels("gpu") },
    ]);
  });

  it("are without one of large memory where a stack wants none", async () => {
    const { gke } = await made({ pools: { memory: false } });
    expect(gke.cluster.nodes.map(({ labels }) => labels)).toEqual([{ "keelson.pool": "prod-general" }]);
  });

  it("have graphics processors with Google's driver, and none at first", async () => {
    const { pools } = await made({ pools: { gpu: {} } });
    expect(pools["prod-gpu"]).toMatchObject({
      initialNodeCount: 0,
      nodeConfig: {
        machineType: "g2-standard-8",
        guestAccelerators: [
          { type: "nvidia-l4", count: 1, gpuDriverInstallationConfig: { gpuDriverVersion: "DEFAULT" } },
        ],
      },
    });
  });

  it.each(Object.entries(GKE_TYPES))(
    "know what the graphics processors of %s are called",
    (type, { gpus }) => {
      expect(acceleratorOf(type) !== undefined).toBe(gpus !== undefined);
      expect(nodePoolOf("prod", "gpu", { ...poolsOf(POOLS).general, type }).gpus).toBe(gpus);
    },
  );

  it("never begin with more nodes than they may have, in however many zones", () => {
    const counts = nat({ max: 20 });
    assert(
      property(counts, counts, integer({ min: 1, max: 4 }), (initial, max, count) => {
        const zones = ["a", "b", "c", "f"].slice(0, count).map((letter) => `us-central1-${letter}`);
        const pools = poolsOf(POOLS, { general: { min: 0, initial, max }, memory: false });
        const mistakes = mistakesOf("prod", { ...LEAST, zones }, pools, "1.36");
        const first = initialPerZone(pools.general, count) * count;
        expect(mistakes.length === 0).toBe(max > 0 && initial <= max && first <= max);
        expect(first).toBeGreaterThanOrEqual(initial);
      }),
    );
  });
});

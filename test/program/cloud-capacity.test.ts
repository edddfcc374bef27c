import { describe, expect, it, vi } from "vitest";
import {
  aksAllocatable,
  type Allocatable,
  eksAllocatable,
  gkeAllocatable,
} from "../../components/clusters/node-types/index.ts";
import type { NodePool } from "../../components/targets/kubernetes/cluster.ts";
import { Kubernetes } from "../../components/targets/kubernetes/kubernetes.ts";
import { shapeOf } from "../../stacks/deploy.ts";
import { imagesFor } from "../../stacks/images.ts";
import { type PlatformEntry, type PlatformName, platforms } from "../../stacks/platforms.ts";
import { parse } from "../../stacks/settings.ts";
import { deploy, type Registration } from "../support/engine.ts";
import { stackFile } from "../support/stack-file.ts";
import { Thing } from "../support/thing.ts";

const POOL = "test:index:Pool";
const FEATURES = { certManager: true, cloudNativePg: true, keda: { namespace: "keda" } };

/** What each cloud's cluster has by itself: up to ten machines of general use, and six that are rich in memory. */
const CLOUDS: Readonly<Record<string, { readonly general: Allocatable; readonly memory: Allocatable }>> = {
  eks: { general: eksAllocatable("t3.xlarge"), memory: eksAllocatable("r6i.2xlarge") },
  gke: { general: gkeAllocatable("e2-standard-4"), memory: gkeAllocatable("e2-highmem-8") },
  aks: { general: aksAllocatable("Standard_DS3_v2"), memory: aksAllocatable("Standard_E8s_v5") },
};
const rethrow = (error: unknown): void => {
  throw error;
};
const names = Object.keys(platforms) as PlatformName[];

/** What a platform has registered on pools of a cloud when it is done or refused, with the settings of its stack on a cluster. */
async function registered(platform: PlatformName, cloud: string, { memory = true, refused = rethrow } = {}) {
  const { general, memory: rich } = CLOUDS[cloud]!;
  const spare: NodePool = { ...rich, count: 6, make: () => new Thing(POOL, "memory") };
  const nodes = [{ ...general, count: 10 }, ...(memory ? [spare] : [])];
  const settings = parse(shapeOf(platform, "kubernetes"), stackFile(`${platform}-kubernetes`));
  const { make } = platforms[platform] as PlatformEntry<any, any>;
  return deploy(() => {
    const target = new Kubernetes(platform, { cluster: { nodes, features: FEATURES } });
    const { host, environment } = settings;
    const common = { target, host, environment, images: imagesFor({}), observability: true };
    try {
      make(common, settings[platform] ?? {}, settings.external);
    } catch (error) {
      refused(error);
    }
  });
}
const WORKLOADS = ["Deployment", "StatefulSet", "Job", "CronJob"];
const pools = (all: readonly Registration[]) => all.filter(({ type }) => type === POOL);

describe.each(Object.keys(CLOUDS))("on %s", (cloud) => {
  it("[O3] [G8] Agent Orchestration's production sizes choose the pool for memory by themselves, and wait for it", async () => {
    const all = await registered("orchestration", cloud);
    const [pool, ...others] = pools(all);
    expect(others).toEqual([]);
    const sets = all.filter(({ type }) => type.endsWith(":StatefulSet"));
    expect(sets.map(({ inputs }) => inputs["metadata"].name)).toContain("neo4j");
    for (const { dependencies, name } of sets) expect(dependencies, name).toContain(pool!.urn);
  });

  it("[O3] [G8] they are refused with the arithmetic where there is to be none, before anything is made", async () => {
    const { cpus, memoryGiB } = CLOUDS[cloud]!.general;
    const has = `a node has ${cpus.toFixed(2)} cores and ${memoryGiB.toFixed(2)} GiB of memory`;
    const refused = vi.fn<(error: unknown) => void>();
    const all = await registered("orchestration", cloud, { memory: false, refused });
    const message = `a copy of "neo4j" asks for 4.00 cores and 16.00 GiB of memory, and ${has}`;
    expect(refused).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ message: expect.stringContaining(message) }),
    );
    expect(all.filter(({ type }) => WORKLOADS.some((kind) => type.endsWith(`:${kind}`)))).toEqual([]);
  });

  it.each(names.filter((name) => name !== "orchestration"))(
    "[G8] %s fits the machines of general use, and no other pool is made",
    async (platform) => {
      expect(pools(await registered(platform, cloud))).toEqual([]);
    },
  );
});

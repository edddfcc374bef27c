import type { V1PodStatus } from "@kubernetes/client-node";
import { expect, it } from "vitest";
import { eksAllocatable } from "../../../components/clusters/node-types/index.ts";
import { platforms } from "../../../stacks/platforms.ts";
import { cloudLaws, type UpStack } from "../../support/cloud-laws.ts";
import type { CloudStack } from "../../support/cloud-stack.ts";

/** What is looked at of a platform in production form, beside what holds for each. */
interface Production {
  /** What one copy of a service asks for. */
  readonly requests: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Copies at the least. */
  readonly copies: Readonly<Record<string, number>>;
  /** A service of several copies that keep each other's data. */
  readonly cluster: string;
  /** A service whose image can change. */
  readonly changed: string;
  /** Services that share a volume. */
  readonly sharing: readonly string[];
}

const PRODUCTION: Readonly<Partial<Record<string, Production>>> = {
  melvin: {
    requests: {
      api: { cpu: "750m", memory: "2Gi" },
      ollama: { cpu: "1250m", memory: "6Gi" },
      mongodb: { cpu: "250m", memory: "1Gi" },
    },
    copies: { api: 2, qdrant: 3, worker: 1, postgres: 1, mongodb: 1, ollama: 1 },
    cluster: "qdrant",
    changed: "api",
    sharing: ["api"],
  },
  semantik: {
    requests: {
      webui: { cpu: "500m", memory: "2Gi" },
      vecpipe: { cpu: "750m", memory: "2Gi" },
      worker: { cpu: "750m", memory: "2Gi" },
    },
    copies: { webui: 2, vecpipe: 1, worker: 1, qdrant: 3, postgres: 1, redis: 1, flower: 1 },
    cluster: "qdrant",
    changed: "webui",
    sharing: ["webui"],
  },
  orchestration: {
    requests: {
      "mcp-server": { cpu: "2", memory: "4Gi" },
      "core-services": { cpu: "2", memory: "4Gi" },
      neo4j: { cpu: "4", memory: "16Gi" },
      kafka: { cpu: "2", memory: "4Gi" },
    },
    copies: { "mcp-server": 3, "core-services": 3, neo4j: 1, kafka: 3 },
    cluster: "kafka",
    changed: "mcp-server",
    sharing: [],
  },
  skills: {
    requests: {
      backend: { cpu: "250m", memory: "1Gi" },
      dashboard: { cpu: "100m", memory: "256Mi" },
      elasticsearch: { cpu: "500m", memory: "2Gi" },
      ollama: { cpu: "1", memory: "5Gi" },
    },
    copies: { backend: 2, dashboard: 1, elasticsearch: 3, ollama: 1 },
    cluster: "elasticsearch",
    changed: "backend",
    sharing: ["backend"],
  },
};

/** How many copies of a service were ready, each time that was looked at while something was done. */
async function readyDuring(
  stack: CloudStack,
  service: string,
  work: () => Promise<unknown>,
): Promise<number[]> {
  const seen: number[] = [];
  let isDone = false;
  const look = async () => {
    const pods = (await stack.pods())[service] ?? [];
    seen.push(pods.filter(({ status }) => isReady(status)).length);
    return isDone;
  };
  const working = work().finally(() => (isDone = true));
  await Promise.all([working, stack.until(`${service} was watched`, look, 600)]);
  return seen;
}

const isReady = (status: V1PodStatus | undefined) =>
  status?.conditions?.some(({ type, status: met }) => type === "Ready" && met === "True") ?? false;

/** What holds for platforms at the sizes that they have in production, which are those of their stacks on any cloud. */
function productionLaws(
  { requests, copies, cluster, changed, sharing }: Production,
  up: () => UpStack,
): void {
  it("[M2, K10, S6, O3, G8] has as many copies as it is to have, at their full size", async () => {
    const { stack } = up();
    // An autoscaler comes after what it scales.
    const least = await stack.leastScaled();
    await stack.until("there are as many copies as there are to be", async () => {
      const pods = await stack.pods();
      return Object.entries(copies).every(
        ([service, count]) => (least[service] ?? pods[service]?.length) === count,
      );
    });
    const pods = await stack.pods();
    for (const [service, asked] of Object.entries(requests))
      expect(pods[service]![0]!.spec!.containers[0]!.resources!.requests, service).toEqual(asked);
  });

  it("spreads a cluster over nodes, and keeps those together that share a volume", async () => {
    const pods = await up().stack.pods();
    const nodesOf = (services: readonly string[]) =>
      services.flatMap((service) => pods[service]!.map(({ spec }) => spec!.nodeName));
    expect(new Set(nodesOf([cluster])).size).toBe(3);
    const together = Object.entries(pods).flatMap(([service, [pod]]) =>
      pod!.spec!.affinity?.podAffinity && pod!.status!.phase === "Running" ? [service] : [],
    );
    expect(together).toEqual(expect.arrayContaining([...sharing]));
  });

  it("[G6] rolls what has a new image, with a quorum of a cluster ready at every moment", async () => {
    const { stack, prepared } = up();
    const [application, server] = ["example/application:2", "example/server:2"];
    await stack.set({ ...prepared, "keelson:images": { [changed]: application, [cluster]: server } });
    const ready = await readyDuring(stack, cluster, () => stack.done("up"));
    const imagesOf = async (service: string) =>
      (await stack.pods())[service]!.map(({ spec }) => spec!.containers[0]!.image);
    expect(new Set(await imagesOf(changed))).toEqual(new Set([application]));
    expect(new Set(await imagesOf(cluster))).toEqual(new Set([server]));
    // One copy may be away at a time.
    expect(Math.min(...ready)).toBeGreaterThanOrEqual(2);
  });

  it("[G11] passes its policies", async () => {
    const { stack } = up();
    const preview = () => stack.done("preview", "--", "--policy-pack", "program/policies");
    expect(await stack.asLasting(preview)).toContain("✅ keelson@");
  });
}

for (const platform of Object.keys(platforms)) {
  const production = PRODUCTION[platform];
  const facts = {
    cloud: "eks",
    general: eksAllocatable("t3.xlarge"),
    memory: eksAllocatable("r6i.2xlarge"),
  };
  cloudLaws(platform, facts, (up) => production && productionLaws(production, up));
}

import type { V1PodStatus } from "@kubernetes/client-node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MEMORY_RICH_NODES, SIMULATED_NODES } from "../../support/cluster.ts";
import { ClusterStack } from "../../support/cluster-stack.ts";
import { giveKey } from "../../support/orchestration-proofs.ts";

/** What is looked at of a platform in production form, beside what holds for each. */
interface Production {
  readonly settings: Record<string, unknown>;
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
  /** @defaultValue nodes of 4 cores and 16 GiB alone */
  readonly nodes?: typeof SIMULATED_NODES;
  /** Gives the stack what no file has in clear, and says what its own has then. @defaultValue nothing */
  readonly prepare?: (stack: ClusterStack) => Promise<Readonly<Record<string, unknown>>>;
}

const PRODUCTION: Readonly<Record<string, Production>> = {
  melvin: {
    settings: { "keelson:melvin": { vectors: { kind: "qdrant", copies: 3 } } },
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
    settings: { "keelson:semantik": { qdrantCopies: 3 } },
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
    settings: { "keelson:orchestration": { size: "production" } },
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
    nodes: MEMORY_RICH_NODES,
    prepare: (stack) => giveKey(stack, "sk-of-a-production-test"),
  },
  skills: {
    settings: { "keelson:skills": { elasticsearch: { copies: 3 } } },
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
  stack: ClusterStack,
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

describe.each(Object.entries(PRODUCTION))(
  "%s-kubernetes at its full sizes, on simulated nodes of 4 cores and 16 GiB",
  (platform, { settings, requests, copies, cluster, changed, sharing, nodes = SIMULATED_NODES, prepare }) => {
    const name = `test-${platform}-production`;
    let stack: ClusterStack;
    let prepared: Readonly<Record<string, unknown>> = {};

    beforeAll(async () => {
      const given = { "keelson:platform": platform, "keelson:host": `${platform}.test`, ...settings };
      stack = await ClusterStack.open(name, given, nodes);
      if (prepare) prepared = await prepare(stack);
      await stack.done("up");
      // An autoscaler comes after what it scales.
      await stack.until("there are as many copies as there are to be", async () => {
        const pods = await stack.pods();
        return Object.entries(copies).every(([service, count]) => pods[service]?.length === count);
      });
    });
    afterAll(async () => {
      await stack.close();
    });

    it("[M2, K10, S6, O3, G8] has every pod scheduled, in as many copies as it is to have, at its full size", async () => {
      const pods = await stack.pods();
      for (const { metadata, spec, status } of Object.values(pods).flat()) {
        expect(spec!.nodeName, metadata!.name).toMatch(/^simulated-\d+$/);
        expect(["Running", "Succeeded"], metadata!.name).toContain(status!.phase);
      }
      for (const [service, count] of Object.entries(copies))
        expect(pods[service], service).toHaveLength(count);
      for (const [service, asked] of Object.entries(requests))
        expect(pods[service]![0]!.spec!.containers[0]!.resources!.requests, service).toEqual(asked);
    });

    it("spreads a cluster over nodes, and keeps those together that share a volume", async () => {
      const pods = await stack.pods();
      const nodesOf = (services: readonly string[]) =>
        services.flatMap((service) => pods[service]!.map(({ spec }) => spec!.nodeName));
      expect(new Set(nodesOf([cluster])).size).toBe(3);
      const together = Object.entries(pods).flatMap(([service, [pod]]) =>
        pod!.spec!.affinity?.podAffinity && pod!.status!.phase === "Running" ? [service] : [],
      );
      expect(together).toEqual(expect.arrayContaining([...sharing]));
    });

    it("[G1] changes nothing when it is brought up again", async () => {
      expect(await stack.done("preview", "--", "--expect-no-changes")).toMatch(/\d+ unchanged/);
    });

    it("[G6] rolls what has a new image, with a quorum of a cluster ready at every moment", async () => {
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

    it("[G11] passes its policies, and leaves nothing behind", async () => {
      expect(await stack.done("preview", "--", "--policy-pack", "program/policies")).toMatch(/\d+ unchanged/);
      await stack.done("down", "--delete-data", "--yes");
      expect(await stack.exists()).toBe(false);
    });
  },
);

import { beforeAll, describe, expect, it } from "vitest";
import { inOrder } from "../../components/platforms/acceleration-services.ts";
import { deploy as stack } from "../../stacks/deploy.ts";
import { deploy, type Registration, secretsOf } from "../support/engine.ts";
import { mayOpen } from "../support/evaluator.ts";
import { podsOf, rulesOf } from "../support/reachability.ts";
import { stackWith } from "../support/stack-file.ts";

const NAMESPACE = "lcnc-platform";
const PEM = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";

/** All stores, run by somebody else. */
const ELSEWHERE = {
  postgres: {
    host: "203.0.113.5",
    authority: PEM,
    admin: { user: "boss", password: "given-admin" },
  },
  redis: { url: "rediss://203.0.113.6:6380", password: "given-redis" },
  chroma: { url: "https://203.0.113.7", token: "given-token" },
};

/** What the stack registers, with other settings of the platform and of the target. */
async function registered({ acceleration = {}, external = {}, kubernetes = {} } = {}): Promise<
  Registration[]
> {
  const changes = {
    "keelson:acceleration": acceleration,
    "keelson:external": external,
    "keelson:kubernetes": kubernetes,
  };
  const secrets = ["keelson:acceleration", "keelson:external"];
  return deploy(() => stack(stackWith("acceleration-kubernetes", changes, secrets)));
}

let all: readonly Registration[];
beforeAll(async () => {
  all = await registered();
});

const ofKind = (kind: string, among = all) =>
  among.filter(({ type }) => type.startsWith("kubernetes:") && type.endsWith(`:${kind}`));
const object = (kind: string, name: string, among = all) =>
  ofKind(kind, among).find(({ inputs }) => inputs["metadata"].name === name)!;
const container = (name: string) => object("Deployment", name).inputs["spec"].template.spec.containers[0];

describe("acceleration-kubernetes", () => {
  it("[A1] runs the eight services and the web application on the ports of the platform's document", () => {
    const ports = ofKind("Deployment").map(({ inputs }) => {
      const { name, ports: own } = inputs["spec"].template.spec.containers[0];
      return [name, own[0].containerPort];
    });
    expect(Object.fromEntries(ports)).toEqual({
      gateway: 8000,
      orchestrator: 8001,
      agents: 8002,
      tools: 8003,
      rag: 8004,
      sqltool: 8005,
      "workflow-engine": 8006,
      observability: 8007,
      web: 3000,
    });
  });

  it("[A3] puts everything into the namespace of the platform's document, with the secrets that it names", () => {
    expect(ofKind("Namespace").map(({ inputs }) => inputs["metadata"].name)).toEqual([NAMESPACE]);
    const namespaces = all.flatMap(({ inputs }) => inputs["metadata"]?.namespace ?? []);
    expect(new Set(namespaces)).toEqual(new Set([NAMESPACE]));
    const keys = (name: string) => {
      const [stringData] = secretsOf(object("Secret", name)).map((secret) => JSON.parse(secret).value);
      return Object.keys(stringData);
    };
    expect(keys("postgres-secret")).toEqual(["database", "host", "password", "username"]);
    expect(keys("redis-secret")).toEqual(["password", "url"]);
    expect(keys("api-keys")).toEqual(["anthropic-api-key", "jwt-secret", "openai-api-key"]);
  });

  it("[A4] leads to each service by its path, and to the web application by all others", () => {
    const backends = ofKind("Ingress").flatMap(({ inputs }) =>
      inputs["spec"].rules.flatMap(({ http }: any) =>
        http.paths.map(
          ({ path, backend }: any) => `${path} ${backend.service.name}:${backend.service.port.number}`,
        ),
      ),
    );
    for (const line of ["/api/gateway/ gateway:8000", "/api/workflow/ workflow-engine:8006", "/ web:3000"])
      expect(backends).toContain(line);
  });

  it("[A5] gives each service the sizes of the platform's document", () => {
    const sizes = (name: string) => container(name).resources;
    const others = {
      requests: { cpu: "250m", memory: "512Mi" },
      limits: { cpu: "500m", memory: "1024Mi" },
    };
    for (const name of [
      "orchestrator",
      "agents",
      "tools",
      "sqltool",
      "workflow-engine",
      "observability",
      "web",
    ])
      expect(sizes(name), name).toEqual(others);
    expect(sizes("gateway")).toEqual({
      requests: { cpu: "500m", memory: "1024Mi" },
      limits: { cpu: "1", memory: "2048Mi" },
    });
    expect(sizes("rag")).toEqual({
      requests: { cpu: "500m", memory: "2048Mi" },
      limits: { cpu: "1", memory: "4096Mi" },
    });
  });

  it("[A6] migrates a database of its own for each service, before the service starts", () => {
    for (const name of inOrder) {
      const migrations = object("Job", `${name}-migrations`);
      const database = object("Job", `postgres-${name}-database`);
      expect(migrations.inputs["spec"].template.spec.containers[0].command).toEqual([
        "alembic",
        "upgrade",
        "head",
      ]);
      expect(migrations.dependencies).toContain(database.urn);
      expect(object("Deployment", name).dependencies).toEqual(
        expect.arrayContaining([migrations.urn, database.urn]),
      );
      expect(database.dependencies).toContain(object("StatefulSet", "postgres").urn);
    }
  });

  it("[A9] scales the gateway from 2 to 10 by processors, memory and requests, and others by signals of their own", async () => {
    const scaled = await registered({ kubernetes: { features: { customMetrics: true } } });
    const signals = (name: string) => {
      const { minReplicas, maxReplicas, metrics } = object("HorizontalPodAutoscaler", name, scaled).inputs[
        "spec"
      ];
      const followed = metrics.map(({ resource, pods }: any) => resource?.name ?? pods.metric.name);
      return { between: [minReplicas, maxReplicas], followed };
    };
    expect(signals("gateway")).toEqual({
      between: [2, 10],
      followed: ["cpu", "memory", "http_requests_per_second"],
    });
    expect(signals("orchestrator").followed).toEqual(["active_workflows"]);
    expect(signals("rag").followed).toEqual(["document_queue_length"]);
    expect(signals("tools").followed).toEqual(["tool_requests_per_second"]);
    expect(signals("observability").followed).toEqual(["telemetry_items_per_second"]);
  });

  it("[G8] does not fit three nodes of the document's size at its most copies, and says so before it makes anything", async () => {
    const nodes = [{ cpus: 3.9, memoryGiB: 14, count: 3 }];
    await expect(registered({ kubernetes: { nodes } })).rejects.toThrow(
      /does not fit the cluster's nodes: all copies ask for \d/,
    );
  });

  it("has names for objects that are host names, as some kinds demand", () => {
    const names = all.flatMap(({ type, inputs }) =>
      type.includes("NetworkPolicy") ? [] : (inputs["metadata"]?.name ?? []),
    );
    expect(names.filter((name: string) => !/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(name))).toEqual([]);
  });

  it("[A2, G5] lets services out to stores that somebody else runs, to these alone, and shows none of their secrets", async () => {
    const elsewhere = await registered({ external: ELSEWHERE });
    expect(ofKind("StatefulSet", elsewhere)).toEqual([]);
    expect(JSON.stringify(elsewhere)).not.toMatch(/given-(admin|redis|token)/);
    const rules = rulesOf(elsewhere);
    const tcp = (number: number) => ({ number, transport: "TCP" });
    const ways: readonly [string, number, (name: string) => boolean][] = [
      ["203.0.113.5", 5432, (name) => name !== "web"],
      ["203.0.113.6", 6380, (name) => inOrder.some((service) => service === name)],
      ["203.0.113.7", 443, (name) => name === "rag"],
      ["203.0.113.8", 443, () => false],
    ];
    for (const pod of podsOf(elsewhere))
      for (const [address, port, expected] of ways) {
        const name = pod.labels["app.kubernetes.io/name"]!;
        expect(mayOpen(rules, pod, address, tcp(port)), `${name} → ${address}`).toBe(expected(name));
      }
  });

  it("[A2] keeps PostgreSQL in three copies where the cluster has the operator, and is refused where it has none", async () => {
    const replicated = await registered({
      acceleration: { databaseCopies: 3 },
      kubernetes: { features: { cloudNativePg: true } },
    });
    expect(ofKind("Cluster", replicated).map(({ inputs }) => inputs["spec"].instances)).toEqual([3]);
    expect(object("Job", "postgres-gateway-database", replicated).dependencies).toContain(
      ofKind("Cluster", replicated)[0]!.urn,
    );
    await expect(registered({ acceleration: { databaseCopies: 3 } })).rejects.toThrow(
      "install CloudNativePG",
    );
  });
});

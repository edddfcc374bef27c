import { beforeAll, describe, expect, it } from "vitest";
import { deploy as stack } from "../../stacks/deploy.ts";
import { deploy, type Registration, secretsOf } from "../support/engine.ts";
import { mayOpen, type Pod, type Rules } from "../support/evaluator.ts";
import { podsOf, rulesOf } from "../support/reachability.ts";
import { stackWith } from "../support/stack-file.ts";

const APPLICATIONS = ["core-services", "mcp-server"];
const TOPICS = ["agent_events", "evolution_events", "feedback_events"];
/** Nodes of the document's own cluster, without what the system keeps. */
const T3_XLARGE = { cpus: 3.9, memoryGiB: 14, count: 10 };

interface Choices {
  readonly orchestration?: object;
  readonly kubernetes?: object;
}

let outputs: Awaited<ReturnType<typeof stack>>;

/** What the stack registers, with other settings of the platform and of the target, and without what watches it. */
async function registered({ orchestration = {}, kubernetes = {} }: Choices = {}) {
  const changes = { "keelson:orchestration": orchestration, "keelson:kubernetes": kubernetes };
  const given = stackWith("orchestration-kubernetes", changes, ["keelson:orchestration"]);
  const values = { ...given.values, "keelson:observability": "false" };
  return deploy(async () => (outputs = await stack({ ...given, values })));
}

let all: readonly Registration[];
beforeAll(async () => {
  all = await registered();
});

const ofKind = (kind: string, among = all) =>
  among.filter(({ type }) => type.startsWith("kubernetes:") && type.endsWith(`:${kind}`));
const object = (kind: string, name: string, among = all) =>
  ofKind(kind, among).find(({ inputs }) => inputs["metadata"].name === name)!;
const namesOf = (kind: string, among = all): string[] =>
  ofKind(kind, among).map(({ inputs }) => inputs["metadata"].name);
const container = (kind: string, name: string, among = all) =>
  object(kind, name, among).inputs["spec"].template.spec.containers[0];
const copies = (name: string, among = all) => object("StatefulSet", name, among).inputs["spec"].replicas;
const waitsFor = (kind: string, name: string, other: Registration) =>
  object(kind, name).dependencies.includes(other.urn);

describe("orchestration-kubernetes", () => {
  it("[O1] runs MCP servers and core services, one Neo4j and a quorum of three brokers", () => {
    expect(namesOf("Deployment").toSorted()).toEqual(APPLICATIONS);
    expect(namesOf("StatefulSet").toSorted()).toEqual(["kafka", "neo4j"]);
    expect([copies("neo4j"), copies("kafka")]).toEqual([1, 3]);
    const { command } = container("StatefulSet", "kafka");
    expect(command.join(" ")).toContain("kafka-0.");
  });

  it("[O1] [O3] runs a cluster of three Neo4j servers with the Enterprise Edition alone", async () => {
    const licensed = await registered({ orchestration: { neo4jLicence: "enterprise-accepted" } });
    expect(copies("neo4j", licensed)).toBe(3);
    expect(container("StatefulSet", "neo4j", licensed).image).toMatch(/-enterprise$/);
    await expect(registered({ orchestration: { neo4jCopies: 3 } })).rejects.toThrow(
      "only Neo4j's Enterprise Edition forms a cluster",
    );
  });

  it("[O2] makes the topics by jobs, before an application starts", () => {
    for (const topic of TOPICS) {
      const job = object("Job", `kafka-${topic.replace("_", "-")}-topic`);
      expect(waitsFor("Job", job.inputs["metadata"].name, object("StatefulSet", "kafka"))).toBe(true);
      for (const name of APPLICATIONS) expect(waitsFor("Deployment", name, job), name).toBe(true);
    }
  });

  it("[O3] asks for what the document's values ask for, and is refused on the document's own nodes alone", async () => {
    const requests = (kind: string, name: string) => container(kind, name).resources;
    for (const name of APPLICATIONS)
      expect(requests("Deployment", name)).toMatchObject({
        requests: { cpu: "2", memory: "4096Mi" },
        limits: { cpu: "4", memory: "8192Mi" },
      });
    expect(requests("StatefulSet", "neo4j")).toMatchObject({
      requests: { cpu: "4", memory: "16384Mi" },
      limits: { cpu: "8", memory: "32768Mi" },
    });
    await expect(registered({ kubernetes: { nodes: [T3_XLARGE] } })).rejects.toThrow(
      'a copy of "neo4j" asks for 4.00 cores and 16.00 GiB of memory, and a node has 3.90 cores and 14.00 GiB of memory',
    );
    // Not even where the system would keep nothing, as the cores of its nodes are as many.
    const whole = { cpus: 4, memoryGiB: 15.5, count: 10 };
    await expect(registered({ kubernetes: { nodes: [whole] } })).rejects.toThrow(
      "asks for 4.00 cores and 16.00 GiB of memory, and a node has 4.00 cores and 15.50 GiB of memory",
    );
  });

  it("[O5] probes MCP servers as the document does, once a start has ended well", () => {
    const { startupProbe, readinessProbe, livenessProbe } = container("Deployment", "mcp-server");
    const httpGet = { path: "/health", port: "http" };
    expect(readinessProbe).toMatchObject({ httpGet, periodSeconds: 5 });
    expect(livenessProbe).toMatchObject({ httpGet, periodSeconds: 10 });
    expect(startupProbe).toMatchObject({ httpGet, periodSeconds: 1, failureThreshold: 120 });
  });

  it("[O6] scales MCP servers by processors and memory", () => {
    const { minReplicas, maxReplicas, metrics } = object("HorizontalPodAutoscaler", "mcp-server").inputs[
      "spec"
    ];
    expect([minReplicas, maxReplicas]).toEqual([3, 10]);
    expect(metrics.map(({ resource }: any) => [resource.name, resource.target.averageUtilization])).toEqual([
      ["cpu", 70],
      ["memory", 80],
    ]);
  });

  it("[O6] scales core services by the events that wait, which KEDA counts with their login", async () => {
    const features = { keda: { namespace: "keda" } };
    const counted = await registered({ kubernetes: { features } });
    const { minReplicaCount, maxReplicaCount, triggers } = object("ScaledObject", "core-services", counted)
      .inputs["spec"];
    expect([minReplicaCount, maxReplicaCount]).toEqual([3, 4]);
    expect(triggers.map(({ type, metadata }: any) => [type, metadata.topic])).toEqual(
      TOPICS.map((topic) => ["kafka", topic]),
    );
    for (const { metadata, authenticationRef } of triggers) {
      expect(metadata).toMatchObject({
        bootstrapServers: "kafka.agent-orchestration.svc:9092",
        consumerGroup: "core-services",
        lagThreshold: "100",
        sasl: "scram_sha512",
      });
      expect(namesOf("TriggerAuthentication", counted)).toContain(authenticationRef.name);
    }
    const keda: Pod = { name: "keda", namespace: "keda", labels: {}, address: "10.244.98.1", ports: [] };
    const brokers = podsOf(counted).filter(({ labels }) => labels["app.kubernetes.io/name"] === "kafka");
    for (const broker of brokers)
      expect(mayOpen(rulesOf(counted, ["keda"]), keda, broker, { number: 9092, transport: "TCP" })).toBe(
        true,
      );
  });

  it("[O6] leads its host to the MCP servers by TLS, and sends on to it what comes without", () => {
    const [served, redirected] = ["agent-orchestration-tls", undefined].map((certificate) =>
      ofKind("Ingress").find(({ inputs }) => inputs["spec"].tls?.[0]?.secretName === certificate),
    );
    for (const { inputs } of [served!, redirected!]) {
      const [{ host, http }] = inputs["spec"].rules;
      expect(host).toBe("api.agent-orchestration.example.com");
      expect(http.paths.map(({ path, backend }: any) => [path, backend.service.name])).toEqual([
        ["/", "mcp-server"],
      ]);
    }
    const [{ inputs: redirect }] = ofKind("Middleware") as [Registration];
    expect(redirect["spec"]).toEqual({ redirectScheme: { scheme: "https", permanent: true } });
    const annotations = (of: Registration) => JSON.stringify(of.inputs["metadata"].annotations);
    expect(annotations(redirected!)).toContain(redirect["metadata"].name);
    expect(annotations(served!)).not.toContain(redirect["metadata"].name);
    expect(outputs).toMatchObject({
      url: "https://api.agent-orchestration.example.com",
      health: { "mcp-server": "https://api.agent-orchestration.example.com/health" },
    });
  });

  it("[O7] keeps its document's secrets under the names that it has for them", () => {
    const keys = (name: string) =>
      secretsOf(object("Secret", name)).flatMap((secret) => Object.keys(JSON.parse(secret).value));
    expect(keys("openai-credentials")).toEqual(["api-key"]);
    expect(keys("neo4j-credentials").toSorted()).toEqual(["password", "username"]);
  });
});

describe("the network of orchestration-kubernetes", () => {
  const entry: Pod = { name: "entry", namespace: "traefik", labels: {}, address: "10.244.99.1", ports: [] };
  const stranger: Pod = { ...entry, name: "stranger", namespace: "default", address: "10.244.99.2" };
  /** Where the cluster's names are looked up. */
  const resolver: Pod = {
    name: "coredns",
    namespace: "kube-system",
    labels: { "k8s-app": "kube-dns" },
    address: "10.244.97.1",
    ports: [],
  };
  const outside = "203.0.113.7";
  let pods: readonly Pod[];
  let rules: Rules;
  beforeAll(() => {
    pods = podsOf(all);
    rules = rulesOf(all, ["traefik", "default", "kube-system"]);
  });

  const serviceOf = ({ labels }: Pod) => labels["app.kubernetes.io/name"]!;
  const ports = [53, 80, 443, 7474, 7687, 8000, 9092, 9093, 7000, 6000];
  const unique = (texts: readonly string[]) => [...new Set(texts)].toSorted();
  const opened = (client: Pod | string, server: Pod | string, transport = "TCP") =>
    ports.filter((number) => mayOpen(rules, client, server, { number, transport }));
  const own = (name: string) => pods.filter((pod) => serviceOf(pod) === name);

  it("[O7] lets nobody but the entry into MCP servers, and that by port 8000 alone", () => {
    const [server] = own("mcp-server");
    expect(opened(entry, server!)).toEqual([8000]);
    expect(opened(stranger, server!)).toEqual([]);
    for (const pod of pods.filter((each) => each !== server)) expect(opened(pod, server!)).toEqual([]);
  });

  it.each(APPLICATIONS)("[O7] lets %s out to Bolt and to the brokers, and to no other pod", (name) => {
    const ways = own(name).flatMap((client) =>
      pods
        .filter((server) => server !== client)
        .flatMap((server) => opened(client, server).map((port) => `${serviceOf(server)}:${port}`)),
    );
    expect(unique(ways)).toEqual(["kafka:9092", "neo4j:7687"]);
  });

  it.each(APPLICATIONS)("[O7] lets %s ask for names, and OpenAI by HTTPS outside the cluster", (name) => {
    const [client] = own(name);
    expect(mayOpen(rules, client!, resolver, { number: 53, transport: "UDP" })).toBe(true);
    expect(opened(client!, outside)).toEqual([443]);
    // The credentials of the node that it runs on.
    expect(opened(client!, "169.254.169.254")).toEqual([]);
  });

  it("[O7] lets neither Neo4j nor the brokers out, and nobody else in", () => {
    for (const name of ["neo4j", "kafka"]) {
      const [store] = own(name);
      expect(opened(store!, outside), name).toEqual([]);
      expect(opened(entry, store!), name).toEqual([]);
      expect(opened(stranger, store!), name).toEqual([]);
    }
  });
});

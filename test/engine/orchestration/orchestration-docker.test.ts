import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { platforms } from "../../../stacks/platforms.ts";
import { derivedImage } from "../../support/derived-image.ts";
import { lawsOnDocker } from "../../support/docker-laws.ts";
import { DockerStack } from "../../support/docker-stack.ts";
import { Entry } from "../../support/entry.ts";
import { wiresOf } from "../../support/laws.ts";
import { askGraph, askKafka, giveKey } from "../../support/orchestration-proofs.ts";
import type { Ended } from "../../support/live-stack.ts";
import { GrafanaClient } from "../../support/grafana-client.ts";
import { observabilityLaws } from "../../support/observability-laws.ts";
import { PrometheusClient } from "../../support/prometheus-client.ts";
import { type References, referencesOf } from "../../support/references.ts";

const NAME = "test-orchestration";
const PORT = 18490;
const PROMETHEUS_PORT = 18585;
const BROWSER_PORT = 18491;
const BOLT_PORT = 18492;
const KEY = "sk-of-an-orchestration-test";
const APPLICATIONS = ["mcp-server", "core-services"];
const TOPICS = ["agent_events", "evolution_events", "feedback_events"];

let stack: DockerStack;
let refused: Ended & { readonly made: number };
let firstUp: string;
let references: References;
/** The key as the stack's file has it. */
let encrypted: Readonly<Record<string, unknown>>;
const entry = new Entry(`localhost:${PORT}`, "localhost");

const login = async (): Promise<{ user: string; password: string }> =>
  JSON.parse(await stack.done("pulumi", "--", "stack", "output", "logins", "--show-secrets", "--json")).neo4j;
const next = async (service: string) =>
  derivedImage((await stack.service(service)).Config.Image, `${NAME}-${service}`, {
    LABEL: "keelson.test=next",
  });

beforeAll(async () => {
  references = await referencesOf((common) =>
    platforms.orchestration.make({ ...common, observability: true }, { openaiApiKey: KEY }, {}),
  );
  stack = await DockerStack.open(NAME, {
    "keelson:platform": "orchestration",
    "keelson:target": "docker",
    "keelson:observability": true,
    "keelson:docker": {
      name: NAME,
      httpPort: PORT,
      publish: { prometheus: { http: PROMETHEUS_PORT }, neo4j: { http: BROWSER_PORT, bolt: BOLT_PORT } },
    },
  });
  refused = { ...(await stack.keelson("up")), made: (await stack.containers()).length };
  encrypted = await giveKey(stack, KEY);
  firstUp = await stack.done("up");
});
afterAll(() => stack.close());

describe("orchestration-docker, brought up for real", () => {
  it("[O4] was refused without the key that it needs, before anything was made", () => {
    expect(refused.status).not.toBe(0);
    expect(refused.output).toContain("keelson:orchestration.openaiApiKey is missing, and a secret");
    expect(refused.made).toBe(0);
  });

  lawsOnDocker(
    () => ({ stack, output: firstUp }),
    () => references,
    {
      published: [
        `proxy 0.0.0.0:${PORT}`,
        `prometheus 127.0.0.1:${PROMETHEUS_PORT}`,
        `neo4j 127.0.0.1:${BROWSER_PORT}`,
        `neo4j 127.0.0.1:${BOLT_PORT}`,
      ],
      secrets: 4,
    },
  );

  observabilityLaws(
    () => ({
      grafana: new GrafanaClient(`http://localhost:${PORT}/grafana`, stack),
      prometheus: PrometheusClient.at(PROMETHEUS_PORT),
    }),
    () => references,
    ["Agent Metrics", "Traces and logs"],
  );

  it("[O1] proves MCP servers' relations by Bolt and by Kafka's protocol", async () => {
    const wires = await wiresOf(stack);
    expect(wires).toHaveLength(2);
    expect(wires).toContainEqual(
      expect.stringMatching(
        /^mcp-server → neo4j: Neo4j, node ReferenceProof of mcp-server written and found/,
      ),
    );
    expect(wires).toContainEqual(
      expect.stringMatching(
        /^mcp-server → kafka: Kafka, message written to topic mcp-server\.reference-proof and read/,
      ),
    );
  });

  it("[O1] has core services at work, which they are once their own relations are proven", async () => {
    const { exitCode, output } = await stack.output(
      "core-services",
      ...["/run/keelson-tools/launch", "python", "-m", "app.worker", "--check"],
    );
    expect(exitCode, output).toBe(0);
  });

  it("[O2] has its topics, each of four partitions for seven days, and takes and gives events", async () => {
    for (const topic of TOPICS) {
      const described = await askKafka(
        stack,
        `kafka-topics.sh ${CLIENT} --command-config /tmp/client.properties --describe --topic ${topic}`,
      );
      expect(described).toMatch(/PartitionCount: 4\s+ReplicationFactor: 1\s.*retention\.ms=604800000/);
    }
    await send("evolution_events", "event-of-a-test");
    expect(await firstOf("evolution_events")).toContain("event-of-a-test");
  });

  it("[O4] gives applications a file of configuration that agrees with their variables, and shows the key nowhere", async () => {
    for (const service of APPLICATIONS)
      for (const line of [
        "uri: neo4j://neo4j:7687",
        "bootstrap_servers: kafka:9092",
        `sasl_username: ${service}`,
        "default_model: gpt-4-turbo",
        `api_key: ${KEY}`,
      ])
        expect(await stack.shell(service, `grep -q "${line}" "$CONFIG_FILE"`), line).toBe(0);
    const shown = JSON.stringify([
      await stack.places(),
      await stack.state({ clear: false }),
      encrypted,
      firstUp,
    ]);
    expect(shown).not.toContain(KEY);
  });

  it("[O7] lets applications out, and the stores not", async () => {
    for (const service of ["neo4j", "kafka"]) {
      const { Networks } = (await stack.service(service)).NetworkSettings;
      expect(Object.keys(Networks).filter((network) => network.endsWith("egress"))).toEqual([]);
    }
  });

  it("[O8] publishes the metrics of its MCP servers, and answers at the path of its health", async () => {
    expect((await entry.ask("/health")).status).toBe(200);
    expect((await entry.ask("/metrics")).body).toContain("# TYPE");
  });

  it("[G6] [G9] takes a new image of the MCP servers without a failed request, and replaces nothing else", async () => {
    const image = await next("mcp-server");
    await stack.set({ ...encrypted, "keelson:images": { "mcp-server": image } });
    let statuses: readonly number[] = [];
    const replaced = await stack.replacedBy(async () => {
      statuses = await entry.askDuring("/health", () => stack.done("up"));
    });
    expect(replaced).toEqual(["mcp-server"]);
    expect((await stack.service("mcp-server")).Config.Image).toBe(image);
    expect(statuses.length).toBeGreaterThan(20);
    expect(statuses.filter((status) => status !== 200)).toEqual([]);
  });

  it("[G6] keeps the graph and the events when its stores' images change, and replaces no application", async () => {
    const written = await askGraph(
      BOLT_PORT,
      await login(),
      "CREATE (note:Note {text: 'kept'}) RETURN note.text",
    );
    expect(written).toEqual(["kept"]);
    await send("agent_events", "event-to-keep");
    const images = { neo4j: await next("neo4j"), kafka: await next("kafka") };
    const current = (await stack.service("mcp-server")).Config.Image;
    await stack.set({ "keelson:images": { ...images, "mcp-server": current } });
    const replaced = await stack.replacedBy(() => stack.done("up"));
    for (const service of APPLICATIONS) expect(replaced).not.toContain(service);
    expect(replaced).toEqual(expect.arrayContaining(["kafka", "neo4j"]));
    expect(await askGraph(BOLT_PORT, await login(), "MATCH (note:Note) RETURN note.text")).toEqual(["kept"]);
    expect(await firstOf("agent_events")).toContain("event-to-keep");
    expect(JSON.parse(await stack.done("verify", "--json")).ok).toBe(true);
  });

  it("[G6] leaves nothing behind when data may be deleted too", async () => {
    await stack.done("down", "--delete-data", "--yes");
    expect([await stack.containers(), await stack.volumes(), await stack.networks()]).toEqual([[], [], []]);
  });
});

const CLIENT = "--bootstrap-server kafka:9092";

/** Writes an event to a topic. */
const send = (topic: string, event: string) =>
  askKafka(
    stack,
    `echo ${event} | kafka-console-producer.sh ${CLIENT} --producer.config /tmp/client.properties --topic ${topic}`,
  );

/** What is read of a topic's first event. */
const firstOf = (topic: string) =>
  askKafka(
    stack,
    `kafka-console-consumer.sh ${CLIENT} --consumer.config /tmp/client.properties --topic ${topic} --from-beginning --max-messages 1 --timeout-ms 30000`,
  );

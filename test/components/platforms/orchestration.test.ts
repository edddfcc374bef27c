import { InputPropertiesError } from "@pulumi/pulumi";
import { beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { isHidden, type Setting, textOf } from "../../../components/model/reference.ts";
import { permissionsOf } from "../../../components/model/workload.ts";
import { Orchestration } from "../../../components/platforms/orchestration.ts";
import type { OrchestrationArgs } from "../../../components/platforms/orchestration-args.ts";
import { deploy } from "../../support/engine.ts";
import { textIn } from "../../support/observed-platforms.ts";
import { settled } from "../../support/outputs.ts";
import { RecordingTarget } from "../../support/recording-target.ts";

const images = { "mcp-server": "mcp:1", "core-services": "core:1" };
const text = async (setting: Setting) => (await settled(textOf(setting))).value;

/** What the platform asks of a target. */
async function made(args: Partial<OrchestrationArgs> = {}): Promise<RecordingTarget> {
  const target = new RecordingTarget();
  const told = { target, host: "localhost", images, openaiApiKey: "sk-1:#'key'", ...args };
  await deploy(() => void new Orchestration("orchestration", told));
  return target;
}

let target: RecordingTarget;
beforeAll(async () => {
  target = await made();
});

const configurationOf = async (name: string, of = target) =>
  parse(await text(of.workloads[name]!.files!["config.yaml"]!));

describe("the configuration file of Agent Orchestration", () => {
  it("[O4] says what the document's example says, from the same facts as the variables", async () => {
    const { env = {} } = target.workloads["mcp-server"]!;
    const told = async (name: string) => text(env[name]!);
    const topic = (name: string) => ({ name, partitions: 4, retention_ms: 604_800_000 });
    expect(await configurationOf("mcp-server")).toEqual({
      server: { port: 8000, host: "0.0.0.0", workers: 4, timeout: 60 },
      database: {
        uri: await told("NEO4J_URI"),
        username: await told("NEO4J_USERNAME"),
        password: await told("NEO4J_PASSWORD"),
        pool_size: 10,
        connection_timeout: 5000,
      },
      kafka: {
        bootstrap_servers: await told("KAFKA_BOOTSTRAP_SERVERS"),
        security_protocol: "SASL_PLAINTEXT",
        sasl_mechanism: "SCRAM-SHA-512",
        sasl_username: "mcp-server",
        sasl_password: await told("KAFKA_SASL_PASSWORD"),
        num_partitions: 4,
        replication_factor: -1,
        topics: [topic("agent_events"), topic("evolution_events"), topic("feedback_events")],
      },
      openai: {
        api_key: "sk-1:#'key'",
        base_url: "https://api.openai.com/v1",
        default_model: "gpt-4-turbo",
        request_timeout: 30,
      },
    });
    expect(await told("MCP_SERVER_PORT")).toBe("8000");
    expect(await told("CONFIG_FILE")).toBe("/run/keelson/config.yaml");
  });

  it("[O4] [G12] has what a stack chooses instead, and the workers of the environment", async () => {
    const configuration = { timeoutSeconds: 5, poolSize: 6, model: "gpt-5", modelTimeoutSeconds: 7 };
    const other = await configurationOf(
      "core-services",
      await made({ configuration, environment: "development" }),
    );
    expect(other).toMatchObject({
      server: { workers: 1, timeout: 5 },
      database: { pool_size: 6, connection_timeout: 5000 },
      kafka: { sasl_username: "core-services" },
      openai: { default_model: "gpt-5", request_timeout: 7 },
    });
  });

  it("[G3] is a secret, as are keys and passwords among the variables", () => {
    for (const name of ["mcp-server", "core-services"]) {
      const { env = {}, files = {} } = target.workloads[name]!;
      for (const hidden of ["OPENAI_API_KEY", "NEO4J_PASSWORD", "KAFKA_SASL_PASSWORD"])
        expect(isHidden(env[hidden]!), hidden).toBe(true);
      expect(isHidden(files["config.yaml"]!)).toBe(true);
    }
  });
});

describe("Agent Orchestration", () => {
  it("[O7] refers to Bolt, the brokers and OpenAI, and to nothing else", () => {
    for (const name of ["mcp-server", "core-services"]) {
      const opened = permissionsOf(target.workloads[name]!).map(
        ({ endpoint, port }) => `${endpoint.host}:${endpoint.ports[port]!.number}`,
      );
      expect([...new Set(opened)].toSorted()).toEqual(["api.openai.com:443", "kafka:9092", "neo4j:7687"]);
    }
  });

  it("[O5] asks at /health: every 5 s whether requests may come, every 10 s whether the server is worth keeping", () => {
    const check = { kind: "http", port: "http", path: "/health" };
    expect(target.workloads["mcp-server"]!.probes).toEqual({
      readiness: { check, periodSeconds: 5 },
      liveness: { check, periodSeconds: 10 },
      startupSeconds: 120,
    });
  });

  it("[O8] says where MCP servers publish metrics, how often they are read, and what shows them", () => {
    const { metrics, dashboards } = target.workloads["mcp-server"]!;
    expect(metrics).toEqual({ port: "http", path: "/metrics", intervalSeconds: 5 });
    expect(dashboards?.map(({ title }) => title)).toEqual(["Agent Metrics"]);
  });

  it("[O8] has Prometheus read everything each 15 s, and MCP servers each 5 s", async () => {
    const observed = await made({ observability: true });
    const { global, scrape_configs: jobs } = parse(
      await textIn(observed, "prometheus", "files", "prometheus.yml"),
    ) as Record<string, any>;
    expect(global.scrape_interval).toBe("15s");
    const others = jobs.filter(({ scrape_interval: interval }: any) => (interval ?? "15s") !== "15s");
    expect(others).toEqual([expect.objectContaining({ job_name: "mcp-server", scrape_interval: "5s" })]);
  });

  it("[O6] [O1] has silent streams live on, and sends requests to any copy", () => {
    expect(target.workloads["mcp-server"]!.ports).toEqual({
      http: { number: 8000, protocol: "http", sticky: false, idleSeconds: 3600 },
    });
  });

  it("[O3] runs a cluster of Neo4j where its licence is accepted, and one server where it is not", async () => {
    const copies = async (args: Partial<OrchestrationArgs>) => (await made(args)).plan["neo4j"]!.copies;
    expect(await copies({ size: "production" })).toBe(1);
    expect(await copies({ size: "production", neo4jLicence: "enterprise-accepted" })).toBe(3);
    expect(await copies({ neo4jLicence: "enterprise-accepted" })).toBe(1);
    const licensed = await made({ neo4jLicence: "enterprise-accepted" });
    expect(licensed.workloads["neo4j"]!.image).toMatch(/-enterprise$/);
    expect(target.workloads["neo4j"]!.image).not.toMatch(/enterprise/);
  });

  it("[G10] refuses every mistake at once, without the key", async () => {
    const mistaken = await made({
      openaiApiKey: "your-api-key",
      openaiUrl: "openai",
      configuration: { poolSize: 0, model: "two words" },
      scaling: { "mcp-server": { min: 3, max: 2 } },
      storageGiB: { kafka: 0.5 },
      neo4jCopies: 3,
      external: { neo4j: { url: "https://graph.example.com", password: "p" } },
    }).then(
      () => expect.unreachable(),
      (error: unknown) => error,
    );
    expect(mistaken).toBeInstanceOf(InputPropertiesError);
    const { message } = mistaken as InputPropertiesError;
    for (const reason of [
      "openaiApiKey is [secret]; it takes an API key",
      "openaiUrl can't be read",
      "configuration.poolSize is 0",
      'configuration.model is "two words"',
      "scaling.mcp-server.max is 2; it takes a whole number from 3",
      "storageGiB.kafka is 0.5",
      "neo4jCopies is 3, and only Neo4j's Enterprise Edition",
      "neo4jCopies is 3; the server elsewhere has its own",
      "external.neo4j is refused",
    ])
      expect(message).toContain(reason);
    expect(message).not.toContain("your-api-key");
  });
});

import { beforeAll, describe, expect, it } from "vitest";
import { PROMISED_SHARE } from "../../components/model/capacity.ts";
import { deploy as stack } from "../../stacks/deploy.ts";
import { deploy, type Registration, SECRET } from "../support/engine.ts";
import { neededSecrets } from "../support/needed-secrets.ts";
import { stackFile, stackWith } from "../support/stack-file.ts";

const CONTAINER = "docker:index/container:Container";
const APPLICATIONS = ["core-services", "mcp-server"];
const TOPICS = ["agent_events", "evolution_events", "feedback_events"];
const KEY = neededSecrets["orchestration"]!["openaiApiKey"]!;

interface Choices {
  readonly orchestration?: object;
  readonly external?: object;
  readonly docker?: object;
  readonly environment?: string;
}

let outputs: Awaited<ReturnType<typeof stack>>;

/** What the stack registers, with other settings, and without what watches it. */
async function registered({ orchestration = {}, external = {}, docker = {}, environment }: Choices = {}) {
  const changes = {
    "keelson:orchestration": orchestration,
    "keelson:external": external,
    "keelson:docker": docker,
  };
  const given = stackWith("orchestration-docker", changes, ["keelson:orchestration", "keelson:external"]);
  const unwatched = { ...given.values, "keelson:observability": "false" };
  const values = { ...unwatched, ...(environment && { "keelson:environment": environment }) };
  return deploy(async () => (outputs = await stack({ ...given, values })));
}

/** Why something is refused. */
const refused = (making: Promise<unknown>): Promise<string> =>
  making.then(
    () => "",
    (error: Error) => error.message,
  );
const refusal = (choices: Choices) => refused(registered(choices));

let all: readonly Registration[];
beforeAll(async () => {
  all = await registered();
});

const containers = (among = all) => among.filter(({ type }) => type === CONTAINER);
const container = (name: string, among = all) =>
  containers(among).find((each) => each.name === `orchestration-${name}`)!;
const variables = (name: string, among = all): Record<string, string> =>
  Object.fromEntries(
    container(name, among).inputs["envs"].map((line: string) => line.split(/=(.*)/s).slice(0, 2)),
  );
const running = (among = all) =>
  containers(among).filter(({ inputs }) => inputs["restart"] === "unless-stopped");
const names = (among: readonly Registration[]) => among.map(({ name }) => name.replace("orchestration-", ""));
const networks = (name: string, among = all): string[] =>
  container(name, among).inputs["networksAdvanced"].map((each: { name: string }) =>
    each.name.replace("orchestration-", ""),
  );
const command = (name: string, among = all): string[] => container(name, among).inputs["entrypoints"];
const waitsFor = (name: string, other: string) => container(name).dependencies.includes(container(other).urn);

/** The text of a file of a container, which the engine keeps as a secret. */
const file = (name: string, path: string, among = all): unknown =>
  container(`${name}-files`, among).inputs["uploads"].find((upload: { file: string }) =>
    upload.file.endsWith(path),
  );

describe("orchestration-docker", () => {
  it("[O1] runs MCP servers and core services on one Neo4j and one broker, behind one entry", () => {
    expect(names(running())).toEqual(["core-services", "kafka", "mcp-server", "neo4j", "proxy"]);
    expect(command("mcp-server").join(" ")).toContain(
      "uvicorn agent_orchestration.main:app --host 0.0.0.0 --port 8000",
    );
    expect(outputs.url).toBe("http://localhost:8000");
  });

  it("[O1] [O7] lets each open what it depends on, and nothing else", () => {
    const joined = Object.fromEntries(
      ["proxy", ...APPLICATIONS].map((name) => [name, networks(name).toSorted()]),
    );
    expect(joined).toEqual({
      proxy: ["ingress", "mcp-server", "proxy"],
      "mcp-server": ["egress", "kafka", "mcp-server", "neo4j"],
      "core-services": ["core-services", "egress", "kafka", "neo4j"],
    });
  });

  it("[O1] [G5] publishes the entry, and Neo4j on the loopback address alone", () => {
    const ports = containers().flatMap(({ name, inputs }) =>
      (inputs["ports"] ?? []).map(({ external, ip }: any) => `${name} ${ip}:${external}`),
    );
    expect(new Set(ports)).toEqual(
      new Set([
        "orchestration-neo4j 127.0.0.1:7474",
        "orchestration-neo4j 127.0.0.1:7687",
        "orchestration-proxy 0.0.0.0:8000",
      ]),
    );
  });

  it("[O2] makes three topics of four partitions for seven days before an application starts", () => {
    for (const topic of TOPICS) {
      const job = `kafka-${topic.replace("_", "-")}-topic`;
      expect(variables(job)).toMatchObject({ TOPIC: topic, PARTITIONS: "4", RETENTION_MS: "604800000" });
      expect(waitsFor(job, "kafka")).toBe(true);
      for (const name of APPLICATIONS) expect(waitsFor(name, job), `${name} after ${job}`).toBe(true);
    }
    for (const name of APPLICATIONS) {
      expect(waitsFor(name, `kafka-${name}-client`)).toBe(true);
      expect(variables(`kafka-${name}-client`)["SHARED"]).toBe(
        `${TOPICS.map((topic) => `--topic ${topic}`).join(" ")} --group ${name}`,
      );
      expect(waitsFor(name, "neo4j")).toBe(true);
    }
  });

  it("[O4] tells applications the variables of the document, and hides what is secret", async () => {
    const told = APPLICATIONS.map((name) => {
      const lines = Object.entries(variables(name)).map(([variable, value]) => `  ${variable}=${value}`);
      return [name, ...lines.toSorted()].join("\n");
    });
    await expect(`${told.join("\n")}\n`).toMatchFileSnapshot("golden/orchestration-variables.txt");
    for (const name of APPLICATIONS) {
      for (const hidden of ["OPENAI_API_KEY", "NEO4J_PASSWORD", "KAFKA_SASL_PASSWORD"])
        expect(variables(name)).not.toHaveProperty(hidden);
      expect(file(name, "/variables")).toMatchObject({ content: SECRET });
      expect(file(name, "/config.yaml")).toMatchObject({ content: SECRET });
    }
    expect(JSON.stringify(all)).not.toContain("generated-by-");
  });

  it("[O4] refuses a stack without OpenAI's key, with one in clear, and with the document's placeholder", async () => {
    const { values } = stackFile("orchestration-docker");
    const withSettings = async (orchestration: object, secrets: readonly string[]) => {
      const given = { ...values, "keelson:orchestration": JSON.stringify(orchestration) };
      return refused(deploy(() => stack({ values: given, secrets: new Set(secrets) })));
    };
    expect(await withSettings({}, [])).toContain(
      'keelson:orchestration.openaiApiKey is missing, and a secret; set it by "pulumi config set --secret --path keelson:orchestration.openaiApiKey"',
    );
    const inClear = await withSettings({ openaiApiKey: KEY }, []);
    expect(inClear).toContain("keelson:orchestration.openaiApiKey stands in clear text");
    const placeholder = await withSettings({ openaiApiKey: "your_api_key_here" }, ["keelson:orchestration"]);
    expect(placeholder).toContain("keelson:orchestration.openaiApiKey is [secret]; it takes an API key");
    expect(`${inClear}${placeholder}`).not.toMatch(/your_api_key|generated-by/);
  });

  it("[O4] [G12] follows the environment", async () => {
    expect(variables("mcp-server")).toMatchObject({ ENVIRONMENT: "production", LOG_LEVEL: "INFO" });
    expect(command("mcp-server")).toEqual(expect.arrayContaining(["--workers", "4"]));
    const development = await registered({ environment: "development" });
    expect(variables("mcp-server", development)).toMatchObject({
      ENVIRONMENT: "development",
      LOG_LEVEL: "DEBUG",
    });
    expect(command("mcp-server", development)).toEqual(expect.arrayContaining(["--workers", "1"]));
  });

  it("[O5] asks MCP servers every 5 s at /health, and gives a start two minutes", () => {
    const { tests, interval, startPeriod } = container("mcp-server").inputs["healthcheck"];
    // The pause that makes 5 s with Docker's own interval; readiness and liveness are asked at the same place.
    expect([tests[3], interval, startPeriod]).toEqual(["4", "1s", "2m0s"]);
    expect([tests[5], tests[7]].map((check: string) => check.split("/").slice(-2).join("/"))).toEqual([
      "http 8000 /health",
      "http 8000 /health",
    ]);
    expect(outputs.health).toEqual({ "mcp-server": "http://localhost:8000/health" });
  });

  it("[O10] derives heaps, page cache, threads and collectors from the limits", async () => {
    const tuned = (among = all) => {
      const graph = variables("neo4j", among);
      const setting = (name: string) => graph[`NEO4J_${name}`];
      return {
        heap: [setting("server_memory_heap_initial__size"), setting("server_memory_heap_max__size")],
        pageCache: setting("server_memory_pagecache_size"),
        transactionState: setting("db_tx__state_memory__allocation"),
        threads: setting("server_jvm_additional")!.match(/ParallelGCThreads=\d+/)?.[0],
        kafka: variables("kafka", among)["KAFKA_HEAP_OPTS"],
      };
    };
    expect(tuned()).toEqual({
      heap: ["1075m", "1075m"],
      pageCache: "1075m",
      transactionState: "ON_HEAP",
      threads: "ParallelGCThreads=2",
      kafka: "-Xms1024m -Xmx1024m",
    });
    const machine = { cpus: 64, memoryGiB: 256, storageGiB: 1000 };
    const large = await registered({ orchestration: { size: "production" }, docker: { machine } });
    expect(tuned(large)).toEqual({
      heap: ["11468m", "11468m"],
      pageCache: "11468m",
      transactionState: "ON_HEAP",
      threads: "ParallelGCThreads=8",
      kafka: "-Xms4096m -Xmx4096m",
    });
  });

  it("[O3] [G8] fits an EliteDesk, and is refused there at its document's own sizes, with the arithmetic", async () => {
    const sum = (amount: (inputs: Registration["inputs"]) => number) =>
      running().reduce((total, { inputs }) => total + amount(inputs), 0);
    expect(sum(({ cpuShares }) => cpuShares / 1024)).toBeLessThanOrEqual(4 * PROMISED_SHARE);
    expect(sum(({ memoryReservation }) => memoryReservation / 1024)).toBeLessThanOrEqual(16 * PROMISED_SHARE);

    const development = await refusal({ orchestration: { size: "development" } });
    expect(development).toContain("8.00 cores promised, 3.40 can be");
    expect(development).toContain("14.00 GiB of memory promised, 13.60 can be");
    expect(development).toMatch(/mcp-server +2\.00 +4\.00 +0\n/);
    expect(development).toContain("neo4j can run elsewhere: keelson:external: { neo4j: { url, password } }");
    const production = await refusal({ orchestration: { size: "production" } });
    expect(production).toContain("28.00 GiB of memory promised, 13.60 can be; most go to neo4j (16.00)");
  });

  it("[O1] uses stores that somebody else runs, and runs none of its own then", async () => {
    const login = { user: "app", password: "given-by-them" };
    const elsewhere = await registered({
      docker: { publish: {} },
      external: {
        neo4j: { url: "neo4j+s://graph.example.com", password: "given-by-them" },
        kafka: {
          bootstrap: ["one.example.com:9093", "two.example.com:9093"],
          clients: { "mcp-server": login, "core-services": login },
          topics: { agent_events: "team.agent_events" },
        },
      },
    });
    expect(names(running(elsewhere))).toEqual(["core-services", "mcp-server", "proxy"]);
    expect(variables("mcp-server", elsewhere)).toMatchObject({
      NEO4J_URI: "neo4j+s://graph.example.com:7687",
      KAFKA_BOOTSTRAP_SERVERS: "one.example.com:9093,two.example.com:9093",
      KAFKA_SECURITY_PROTOCOL: "SASL_SSL",
    });
    expect(outputs.logins).toEqual({});
    expect(JSON.stringify(elsewhere)).not.toContain("given-by-them");
  });

  it("[G10] refuses every mistake at once, before anything is made", async () => {
    const message = await refusal({
      orchestration: {
        openaiUrl: "api.openai.com",
        size: "huge",
        brokers: 2,
        configuration: { poolSize: 0 },
        neo4jLicence: "accepted",
      },
    });
    for (const path of ["openaiUrl", "size", "brokers", "configuration.poolSize", "neo4jLicence"])
      expect(message).toContain(`keelson:orchestration.${path} is`);
    expect(await refusal({ orchestration: { neo4jCopies: 3 } })).toContain(
      "neo4jCopies is 3, and only Neo4j's Enterprise Edition forms a cluster",
    );
  });
});

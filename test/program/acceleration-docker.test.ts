import { beforeAll, describe, expect, it } from "vitest";
import { deploy as stack } from "../../stacks/deploy.ts";
import { deploy, type Registration, SECRET } from "../support/engine.ts";
import { stackFile } from "../support/stack-file.ts";

const CONTAINER = "docker:index/container:Container";
const SERVICES = [
  "gateway",
  "orchestrator",
  "agents",
  "tools",
  "rag",
  "sqltool",
  "workflow-engine",
  "observability",
];

let all: readonly Registration[];
let outputs: Awaited<ReturnType<typeof stack>>;

beforeAll(async () => {
  all = await deploy(async () => (outputs = await stack(stackFile("acceleration-docker"))));
});

const containers = () => all.filter(({ type }) => type === CONTAINER);
const container = (name: string) => containers().find((each) => each.name === `acceleration-${name}`)!;
const variables = (name: string) =>
  Object.fromEntries(container(name).inputs["envs"].map((line: string) => line.split(/=(.*)/s).slice(0, 2)));
const running = () => containers().filter(({ inputs }) => inputs["restart"] === "unless-stopped");
const uploaded = (name: string): string =>
  container(`${name}-files`).inputs["uploads"].map(({ file }: { file: string }) => file);

describe("acceleration-docker", () => {
  it("[A1] runs the eight services and the web application on the ports of the platform's document", () => {
    const ports = [...SERVICES, "web"].map((name) => [name, container(name).inputs["healthcheck"].tests[5]]);
    expect(Object.fromEntries(ports)).toEqual({
      gateway: "/run/keelson-tools/http 8000 /health",
      orchestrator: "/run/keelson-tools/http 8001 /health",
      agents: "/run/keelson-tools/http 8002 /health",
      tools: "/run/keelson-tools/http 8003 /health",
      rag: "/run/keelson-tools/http 8004 /health",
      sqltool: "/run/keelson-tools/http 8005 /health",
      "workflow-engine": "/run/keelson-tools/http 8006 /health",
      observability: "/run/keelson-tools/http 8007 /health",
      web: "/run/keelson-tools/http 3000 /",
    });
  });

  it("[A2] runs PostgreSQL, Redis and Chroma, and tells services of them", () => {
    expect(running().map(({ name }) => name)).toEqual(
      expect.arrayContaining(["acceleration-postgres", "acceleration-redis", "acceleration-chroma"]),
    );
    expect(variables("rag")).toMatchObject({ VECTOR_STORE: "chroma", CHROMA_URL: "http://chroma:8000" });
    expect(variables("tools")).not.toHaveProperty("CHROMA_URL");
  });

  it("[A2] can keep vectors with Pinecone instead, by its address and a secret key", async () => {
    const pinecone = { indexUrl: "https://index-1.svc.pinecone.io", apiKey: "pc-key" };
    const { values } = stackFile("acceleration-docker");
    const given = { ...values, "keelson:external": JSON.stringify({ pinecone }) };
    const elsewhere = await deploy(() => stack({ values: given, secrets: new Set(["keelson:external"]) }));
    const rag = elsewhere.find(({ name, type }) => name === "acceleration-rag" && type === CONTAINER)!;
    expect(rag.inputs["envs"]).toContain("PINECONE_INDEX_HOST=https://index-1.svc.pinecone.io");
    expect(rag.inputs["networksAdvanced"]).toContainEqual({ name: "acceleration-egress" });
    expect(JSON.stringify(elsewhere)).not.toContain("pc-key");
    expect(elsewhere.some(({ name }) => name === "acceleration-chroma")).toBe(false);
  });

  it("[A4] leads /api/<service>/ to each service and / to the web application, and says where they are healthy", () => {
    const paths = [
      "gateway",
      "orchestrator",
      "agents",
      "tools",
      "rag",
      "sqltool",
      "workflow",
      "observability",
    ];
    const urls = paths.map((path) => `http://localhost:8080/api/${path}/health`);
    expect(new Set(Object.values(outputs.health))).toEqual(new Set([...urls, "http://localhost:8080/"]));
    const { content } = container("proxy-files").inputs["uploads"][0];
    expect(content.match(/handle @\S+ \{\s+(uri strip_prefix \S+\s+)?reverse_proxy \S+/g)).toHaveLength(9);
    expect(content).toMatch(
      /@(\S+) path \/api\/workflow \/api\/workflow\/\*\s+handle @\1 \{\s+uri strip_prefix \/api\/workflow\s+reverse_proxy workflow-engine:8006/,
    );
    expect(content).toMatch(/@(\S+) path \/ \/\*\s+handle @\1 \{\s+reverse_proxy web:3000/);
  });

  it("[A5] gives each service the sizes of the platform's document", () => {
    const sizes = [...SERVICES, "web"].map((name) => {
      const { memoryReservation, memory, cpuShares, cpus } = container(name).inputs;
      return [name, [memoryReservation, memory, cpuShares / 1024, cpus]];
    });
    const others = [512, 1024, 0.25, "0.5"];
    expect(Object.fromEntries(sizes)).toEqual({
      ...Object.fromEntries([...SERVICES, "web"].map((name) => [name, others])),
      gateway: [1024, 2048, 0.5, "1.0"],
      rag: [2048, 4096, 0.5, "1.0"],
    });
  });

  it("[A6] migrates a database of its own for each service, before the service starts", () => {
    for (const name of SERVICES) {
      const migrations = container(`${name}-migrations`);
      expect(migrations.inputs["entrypoints"].slice(-3)).toEqual(["alembic", "upgrade", "head"]);
      const database = container(`postgres-${name}-database`);
      expect(migrations.dependencies).toContain(database.urn);
      expect(container(name).dependencies).toEqual(expect.arrayContaining([migrations.urn, database.urn]));
      expect(database.dependencies).toContain(container("postgres").urn);
    }
  });

  it("[A7] sets the variables of the platform's document, the secret ones by a file", () => {
    expect(variables("gateway")).toMatchObject({
      FASTAPI_ENV: "production",
      UVICORN_WORKERS: "4",
      DATABASE_POOL_SIZE: "20",
      DATABASE_SSL_MODE: "require",
      DATABASE_SSL_ROOT_CERT: "/run/keelson/database-authority.pem",
      JWT_ALGORITHM: "HS256",
      CORS_ORIGINS: '["http://localhost:8080"]',
      RATE_LIMIT_REQUESTS: "100",
    });
    for (const name of ["DATABASE_URL", "REDIS_URL", "JWT_SECRET_KEY"])
      expect(variables("gateway")).not.toHaveProperty(name);
    expect(uploaded("gateway")).toEqual(["/run/keelson/variables", "/run/keelson/database-authority.pem"]);
    expect(container("gateway-files").inputs["uploads"][0].content).toBe(SECRET);
  });

  it("[G5] publishes nothing but the entry point, and lets each store be reached by its clients alone", () => {
    const published = containers().filter(({ inputs }) => inputs["ports"]);
    expect(published.map(({ name }) => name)).toEqual(["acceleration-proxy"]);
    const joined = (network: string) =>
      running()
        .filter(({ inputs }) =>
          inputs["networksAdvanced"].some(
            (each: { name: string }) => each.name === `acceleration-${network}`,
          ),
        )
        .map(({ name }) => name.replace("acceleration-", ""));
    expect(joined("chroma")).toEqual(["chroma", "rag"]);
    expect(joined("postgres")).toEqual([...SERVICES, "postgres"].toSorted());
    expect(joined("web")).toEqual(["proxy", "web"]);
  });

  it("[G7] runs everything that lasts with limits, a health check, a restart policy and as a user that is not root", () => {
    expect(running()).toHaveLength(13);
    for (const { inputs } of running()) {
      expect(inputs).toMatchObject({
        capabilities: { drops: ["ALL"] },
        readOnly: true,
        securityOpts: ["no-new-privileges:true"],
      });
      for (const key of ["memory", "cpus", "healthcheck", "ulimits", "logOpts", "stopTimeout"])
        expect(inputs[key]).toBeTruthy();
      expect(inputs["user"]).toMatch(/^[1-9]\d*:[1-9]\d*$/);
    }
  });

  it("[G12] follows the environment", async () => {
    const { values } = stackFile("acceleration-docker");
    const development = await deploy(() =>
      stack({ values: { ...values, "keelson:environment": "development" }, secrets: new Set() }),
    );
    const tools = development.find(({ name, type }) => name === "acceleration-tools" && type === CONTAINER)!;
    expect(tools.inputs["envs"]).toEqual(
      expect.arrayContaining(["LOG_LEVEL=DEBUG", "DEBUG=true", "UVICORN_WORKERS=1"]),
    );
  });
});

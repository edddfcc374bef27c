import { beforeAll, describe, expect, it } from "vitest";
import { deploy as stack } from "../../stacks/deploy.ts";
import { deploy, type Registration, SECRET } from "../support/engine.ts";
import { stackFile } from "../support/stack-file.ts";

const CONTAINER = "docker:index/container:Container";

/** What the stack registers, with other settings of the platform and other servers. */
async function registered(melvin = {}, external = {}, docker = {}): Promise<Registration[]> {
  const { values } = stackFile("melvin-docker");
  const given = {
    ...values,
    "keelson:melvin": JSON.stringify(melvin),
    "keelson:external": JSON.stringify(external),
    "keelson:docker": JSON.stringify({ ...JSON.parse(values["keelson:docker"]!), ...docker }),
  };
  const secrets = new Set(["keelson:melvin", "keelson:external"]);
  return deploy(async () => (outputs = await stack({ values: given, secrets })));
}

let all: readonly Registration[];
let outputs: Awaited<ReturnType<typeof stack>>;

beforeAll(async () => {
  all = await registered();
});

const containers = (among = all) => among.filter(({ type }) => type === CONTAINER);
const container = (name: string, among = all) =>
  containers(among).find((each) => each.name === `melvin-${name}`)!;
const variables = (name: string, among = all): Record<string, string> =>
  Object.fromEntries(
    container(name, among).inputs["envs"].map((line: string) => line.split(/=(.*)/s).slice(0, 2)),
  );
const running = (among = all) =>
  containers(among).filter(({ inputs }) => inputs["restart"] === "unless-stopped");
const names = (among: readonly Registration[]) => among.map(({ name }) => name.replace("melvin-", ""));
const networks = (name: string, among = all): string[] =>
  container(name, among).inputs["networksAdvanced"].map((each: { name: string }) => each.name);
const folders = (name: string, among = all): Record<string, string> =>
  Object.fromEntries(
    container(name, among).inputs["mounts"].map(({ target, source, readOnly = false }: any) => [
      target,
      `${source}${readOnly ? ", read-only" : ""}`,
    ]),
  );

/** Cores and GiB of memory that everything that lasts is promised. */
function promised(among: readonly Registration[]) {
  const sum = (amount: (inputs: Registration["inputs"]) => number) =>
    running(among).reduce((total, { inputs }) => total + amount(inputs), 0);
  return {
    cores: sum(({ cpuShares }) => cpuShares / 1024),
    memoryGiB: sum(({ memoryReservation }) => memoryReservation / 1024),
  };
}

describe("melvin-docker", () => {
  it("[M1] runs api, worker, Qdrant, Ollama, PostgreSQL and MongoDB behind one entry", () => {
    expect(names(running())).toEqual(["api", "mongodb", "ollama", "postgres", "proxy", "qdrant", "worker"]);
    expect(outputs.url).toBe("http://localhost:8000");
    expect(container("api").inputs["healthcheck"].tests[5]).toBe("/run/keelson-tools/http 8000 /health");
  });

  it("[M1] publishes the entry on port 8000, and PostgreSQL on port 8004 of the loopback address alone", () => {
    const ports = containers().flatMap(({ name, inputs }) =>
      (inputs["ports"] ?? []).map(({ internal, external, ip }: any) => [name, ip, external, internal]),
    );
    expect(ports).toContainEqual(["melvin-postgres", "127.0.0.1", 8004, 5432]);
    expect(ports).toContainEqual(["melvin-proxy", "0.0.0.0", 8000, expect.any(Number)]);
    expect(new Set(ports.map(([name]) => name))).toEqual(new Set(["melvin-postgres", "melvin-proxy"]));
  });

  it("[M1] can keep vectors in Chroma, or in an index that the worker writes and the api reads", async () => {
    const chroma = await registered({ vectors: { kind: "chroma" } });
    expect(names(running(chroma))).toContain("chroma");
    expect(names(running(chroma))).not.toContain("qdrant");
    expect(variables("api", chroma)).toMatchObject({
      VECTOR_STORE: "chroma",
      CHROMA_URL: "http://chroma:8000",
    });

    const faiss = await registered({ vectors: { kind: "faiss" } });
    expect(names(running(faiss))).not.toContain("qdrant");
    expect(variables("api", faiss)).toMatchObject({ VECTOR_STORE: "faiss" });
    const place = variables("api", faiss)["FAISS_INDEX_DIR"]!;
    expect(folders("api", faiss)[place]).toBe("melvin-index-shared, read-only");
    expect(folders("worker", faiss)[place]).toBe("melvin-index-shared");
  });

  it("[M1] runs no worker where a job or the api ingests", async () => {
    const byJob = await registered({ ingestion: "job" });
    expect(names(running(byJob))).not.toContain("worker");
    expect(container("ingestion", byJob).inputs["entrypoints"].slice(-3)).toEqual([
      "python",
      "-m",
      "app.ingest",
    ]);
    expect(container("api", byJob).dependencies).toContain(container("ingestion", byJob).urn);
    expect(variables("api", byJob)).not.toHaveProperty("SCRYFALL_BASE_URL");

    const byApi = await registered({ ingestion: "api" });
    expect(names(containers(byApi))).not.toContain("worker");
    expect(names(containers(byApi))).not.toContain("ingestion");
    expect(variables("api", byApi)).toHaveProperty("SCRYFALL_BASE_URL");
  });

  it("[M2] fits an EliteDesk with its stated budget, and leaves no room for Semantik beside it", async () => {
    const { cores, memoryGiB } = promised(all);
    expect(cores).toBeLessThanOrEqual(3.4);
    expect(memoryGiB).toBeLessThanOrEqual(13.6);
    const reserved = (name: string) => container(name).inputs["memoryReservation"];
    expect(["api", "worker", "postgres", "mongodb", "qdrant", "ollama"].map(reserved)).toEqual([
      2048, 1024, 1024, 1024, 1024, 6144,
    ]);
    const semantik = await deploy(() => stack(stackFile("semantik-docker")));
    expect(memoryGiB + promised(semantik).memoryGiB).toBeGreaterThan(13.6);
  });

  it("[M2, G8] is refused on a smaller machine, with the table and the settings by which it fits", async () => {
    const machine = { cpus: 4, memoryGiB: 8, storageGiB: 500 };
    const refused = registered({}, {}, { machine });
    await expect(refused).rejects.toThrow(/does not fit the host/);
    await expect(refused).rejects.toThrow(/ollama.*6\.00/s);
    await expect(refused).rejects.toThrow("ollama can run elsewhere: keelson:external: { ollama: { url } }");
  });

  it("[M2] leaves Ollama and the vector database to others by one setting, with the same variables", async () => {
    const elsewhere = await registered(
      {},
      {
        ollama: { url: "http://gpu.example.com:11434" },
        qdrant: { url: "https://vectors.example.com:6333", apiKey: "given-key" },
      },
    );
    expect(names(running(elsewhere))).toEqual(["api", "mongodb", "postgres", "proxy", "worker"]);
    expect(variables("api", elsewhere)).toMatchObject({
      OLLAMA_URL: "http://gpu.example.com:11434",
      OLLAMA_MODEL: "llama3.2:3b",
      VECTOR_STORE: "qdrant",
      QDRANT_URL: "https://vectors.example.com:6333",
    });
    expect(Object.keys(variables("api", elsewhere))).toEqual(Object.keys(variables("api")));
    expect(networks("api", elsewhere)).toContain("melvin-egress");
    expect(JSON.stringify(elsewhere)).not.toContain("given-key");
  });

  it("[M3] has the model pulled by a job into Ollama's volume, before api and worker start", () => {
    const model = container("ollama-llama3-2-3b-model");
    expect(model.dependencies).toContain(container("ollama").urn);
    for (const name of ["api", "worker"]) expect(container(name).dependencies).toContain(model.urn);
    expect(Object.values(folders("ollama"))).toContain("melvin-ollama-models");
    expect(Object.values(folders("api")).join()).not.toContain("models");
  });

  it("[M3] takes the model from an archive of a folder of the host, with its checksum; Ollama then has no way out", async () => {
    const sha256 = "0123456789abcdef".repeat(4);
    const archive = { sha256, folder: "models", path: "own.gguf" };
    const settings = { model: { name: "own", archive } };
    const given = await registered(settings, {}, { folders: { models: "/srv/models" } });
    const job = container("ollama-own-model", given);
    expect(JSON.stringify(job.inputs)).toContain(sha256);
    expect(job.inputs["mounts"]).toContainEqual(
      expect.objectContaining({ source: "/srv/models", readOnly: true }),
    );
    expect(networks("ollama", given)).not.toContain("melvin-egress");
    await expect(registered(settings)).rejects.toThrow(
      'model.archive.folder is "models", which the target does not have',
    );
  });

  it("[M4, G3] makes the administrator by a job after the migrations, with a password that no command line or configuration shows", async () => {
    const admin = container("admin");
    expect(admin.dependencies).toContain(container("migrations").urn);
    expect(container("api").dependencies).toEqual(
      expect.arrayContaining([admin.urn, container("migrations").urn]),
    );
    expect(variables("admin")).toMatchObject({ ADMIN_USERNAME: "admin" });
    expect(variables("admin")).not.toHaveProperty("ADMIN_PASSWORD");
    expect(container("admin-files").inputs["uploads"][0].content).toBe(SECRET);
    const generated = all.find(({ name }) => name === "admin-password")!;
    expect(generated.inputs).toMatchObject({ minLower: 1, minUpper: 1, minNumeric: 1, minSpecial: 1 });
    expect(generated.protect).toBe(true);

    const given = await registered({ admin: { name: "chief@example.com", password: "Chosen.2026" } });
    expect(given.some(({ name }) => name === "admin-password")).toBe(false);
    expect(variables("admin", given)["ADMIN_USERNAME"]).toBe("chief@example.com");
    expect(JSON.stringify(given)).not.toContain("Chosen.2026");
  });

  it("[M6] tells the worker, who alone asks Scryfall, how often it may, where cards are kept, and gives it the way out", async () => {
    const settings = { scryfall: { requestsPerSecond: 4, cacheDirectory: "/srv/cards" }, apiPort: 8080 };
    const tuned = await registered(settings, {}, { httpPort: 8100 });
    expect(variables("worker", tuned)).toMatchObject({
      SCRYFALL_BASE_URL: "https://api.scryfall.com",
      SCRYFALL_REQUESTS_PER_SECOND: "4",
      SCRYFALL_CACHE_DIR: "/srv/cards",
    });
    expect(folders("worker", tuned)["/srv/cards"]).toBe("melvin-cards-shared");
    expect(networks("worker", tuned)).toContain("melvin-egress");
    expect(networks("api", tuned)).not.toContain("melvin-egress");
    expect(variables("api", tuned)["PORT"]).toBe("8080");
    expect(container("api", tuned).inputs["entrypoints"].slice(-2)).toEqual(["--port", "8080"]);
    expect(outputs.url).toBe("http://localhost:8100");
  });

  it("[M6, G3] gives the api keys of APIs elsewhere as secrets, and the way out to them", async () => {
    const apis = { openai: { url: "https://api.openai.com/v1", key: "given-key" } };
    const asking = await registered({ apis });
    expect(variables("api", asking)["OPENAI_BASE_URL"]).toBe("https://api.openai.com/v1");
    expect(variables("api", asking)).not.toHaveProperty("OPENAI_API_KEY");
    expect(networks("api", asking)).toContain("melvin-egress");
    expect(variables("worker", asking)).not.toHaveProperty("OPENAI_BASE_URL");
    expect(JSON.stringify(asking)).not.toContain("given-key");
  });

  it("[M7] logs JSON, says where it is well, and keeps the audit log on a volume", () => {
    for (const name of ["api", "worker", "migrations", "admin"])
      expect(variables(name)["LOG_FORMAT"]).toBe("json");
    expect(outputs.health).toEqual({ api: "http://localhost:8000/health" });
    // To make an administrator is an administrator's doing, too.
    for (const name of ["api", "admin"])
      expect(folders(name)[variables(name)["AUDIT_LOG_PATH"]!]).toBe("melvin-audit-shared");
    expect(all.find(({ name }) => name === "melvin-audit-shared")?.protect).toBe(true);
  });

  it("[M8] replaces the api without a gap, and only after migrations and the model of the new image went well", () => {
    expect(container("api").deleteBeforeReplace).toBe(false);
    expect(container("api").inputs).not.toHaveProperty("name");
    expect(container("migrations").inputs["image"]).toBe(container("api").inputs["image"]);
    // Whoever writes down how far it has come must not do so twice at a time.
    expect(container("worker").deleteBeforeReplace).toBe(true);
  });

  it("[G5] lets stores be reached by api, worker and their own jobs alone", () => {
    const clients = (network: string) =>
      running()
        .filter(({ inputs }) =>
          inputs["networksAdvanced"].some((each: { name: string }) => each.name === `melvin-${network}`),
        )
        .map(({ name }) => name.replace("melvin-", ""));
    for (const store of ["qdrant", "mongodb", "postgres", "ollama"])
      expect(clients(store)).toEqual(["api", store, "worker"].toSorted());
    expect(clients("worker")).toEqual(["worker"]);
    expect(clients("api")).toEqual(["api", "proxy"]);
  });

  it("[G12] follows the environment", async () => {
    const { values } = stackFile("melvin-docker");
    const given = { ...values, "keelson:environment": "development" };
    const development = await deploy(() => stack({ values: given, secrets: new Set() }));
    expect(variables("api", development)).toMatchObject({
      ENVIRONMENT: "development",
      LOG_LEVEL: "DEBUG",
      DEBUG: "true",
      UVICORN_WORKERS: "1",
    });
  });
});

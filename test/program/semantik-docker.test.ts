import { beforeAll, describe, expect, it } from "vitest";
import { PROMISED_SHARE } from "../../components/model/capacity.ts";
import { deploy as stack } from "../../stacks/deploy.ts";
import { deploy, type Registration, SECRET } from "../support/engine.ts";
import { stackFile } from "../support/stack-file.ts";

const CONTAINER = "docker:index/container:Container";
const APPLICATIONS = ["vecpipe", "webui", "worker"];

interface Choices {
  readonly semantik?: object;
  readonly external?: object;
  readonly docker?: object;
  readonly environment?: string;
}

let outputs: Awaited<ReturnType<typeof stack>>;

/** What the stack registers, with other settings. */
async function registered({
  semantik = {},
  external = {},
  docker = {},
  environment = "production",
}: Choices) {
  const { values } = stackFile("semantik-docker");
  const given = {
    ...values,
    "keelson:environment": environment,
    "keelson:semantik": JSON.stringify(semantik),
    "keelson:external": JSON.stringify(external),
    "keelson:docker": JSON.stringify({ ...JSON.parse(values["keelson:docker"]!), ...docker }),
  };
  const secrets = new Set(["keelson:semantik", "keelson:external"]);
  return deploy(async () => (outputs = await stack({ values: given, secrets })));
}

let all: readonly Registration[];
beforeAll(async () => {
  all = await registered({});
});

const containers = (among = all) => among.filter(({ type }) => type === CONTAINER);
const container = (name: string, among = all) =>
  containers(among).find((each) => each.name === `semantik-${name}`)!;
const variables = (name: string, among = all): Record<string, string> =>
  Object.fromEntries(
    container(name, among).inputs["envs"].map((line: string) => line.split(/=(.*)/s).slice(0, 2)),
  );
const running = (among = all) =>
  containers(among).filter(({ inputs }) => inputs["restart"] === "unless-stopped");
const names = (among: readonly Registration[]) => among.map(({ name }) => name.replace("semantik-", ""));
const networks = (name: string, among = all): string[] =>
  container(name, among).inputs["networksAdvanced"].map((each: { name: string }) =>
    each.name.replace("semantik-", ""),
  );
const folders = (name: string, among = all): Record<string, string> =>
  Object.fromEntries(
    container(name, among).inputs["mounts"].map(({ target, source, readOnly = false }: any) => [
      target,
      `${source}${readOnly ? ", read-only" : ""}`,
    ]),
  );
const command = (name: string, among = all): string[] => container(name, among).inputs["entrypoints"];
const waitsFor = (name: string, other: string, among = all) =>
  container(name, among).dependencies.includes(container(other, among).urn);

describe("semantik-docker", () => {
  it("[K1] runs PostgreSQL, Redis, Qdrant, vecpipe, webui, the worker and Flower behind one entry", () => {
    expect(names(running())).toEqual([
      "flower",
      "postgres",
      "proxy",
      "qdrant",
      "redis",
      "vecpipe",
      "webui",
      "worker",
    ]);
    expect(command("vecpipe").slice(-3)).toEqual(["python", "-m", "vecpipe.search_api"]);
    expect(command("webui").join(" ")).toContain("uvicorn webui.main:app --host 0.0.0.0 --port 8080");
    expect(command("worker").join(" ")).toContain(
      "celery -A webui.celery_app worker --loglevel=INFO --concurrency=1",
    );
  });

  it("[K1] lets each open what it depends on, and nothing else", () => {
    const joined = Object.fromEntries(
      [...APPLICATIONS, "flower", "proxy"].map((name) => [name, networks(name).toSorted()]),
    );
    expect(joined).toEqual({
      webui: ["postgres", "redis", "vecpipe", "webui"],
      vecpipe: ["postgres", "qdrant", "vecpipe"],
      worker: ["postgres", "qdrant", "redis", "worker"],
      // Flower is reached from the host's loopback address.
      flower: ["flower", "ingress", "redis"],
      proxy: ["ingress", "proxy", "webui"],
    });
  });

  it("[K1] publishes the entry, and Flower on the loopback address alone", () => {
    const ports = containers().flatMap(({ name, inputs }) =>
      (inputs["ports"] ?? []).map(({ internal, ip }: any) => [name, ip, internal]),
    );
    expect(new Set(ports.map(([name]) => name))).toEqual(new Set(["semantik-flower", "semantik-proxy"]));
    expect(ports).toContainEqual(["semantik-flower", "127.0.0.1", 5555]);
  });

  it("[K1] runs neither worker nor Flower where they are not wanted", async () => {
    const alone = await registered({ semantik: { worker: false }, docker: { publish: {} } });
    expect(names(running(alone))).toEqual(["postgres", "proxy", "qdrant", "redis", "vecpipe", "webui"]);
  });

  it("[K2] tells applications the variables of the document, with its defaults, and what they refer to", async () => {
    const told = APPLICATIONS.map((name) => {
      const lines = Object.entries(variables(name)).map(([variable, value]) => `  ${variable}=${value}`);
      return [name, ...lines.toSorted()].join("\n");
    });
    await expect(`${told.join("\n")}\n`).toMatchFileSnapshot("golden/semantik-variables.txt");
  });

  it("[K2] [G3] tells what is secret by a file, and shows none of it", () => {
    const hidden = ["DATABASE_URL", "POSTGRES_PASSWORD", "JWT_SECRET_KEY", "REDIS_URL", "QDRANT_API_KEY"];
    for (const name of APPLICATIONS) {
      for (const variable of hidden) expect(variables(name)).not.toHaveProperty(variable);
      expect(container(`${name}-files`).inputs["uploads"][0]).toMatchObject({
        file: "/run/keelson/variables",
        content: SECRET,
      });
    }
    expect(JSON.stringify(all)).not.toContain("generated-by-");
  });

  it("[K2] generates passwords of 32 characters", () => {
    const passwords = all.filter(({ type, name }) => type.startsWith("random:") && !name.endsWith("-salt"));
    expect(passwords.map(({ name }) => name).toSorted()).toEqual([
      "flower-password",
      "jwt-secret",
      "postgres-admin",
      "postgres-semantik",
      "qdrant-api-key",
      "redis-password",
      "superuser-password",
    ]);
    for (const { inputs } of passwords) expect(inputs["length"]).toBeGreaterThanOrEqual(32);
  });

  it("[K3] [G12] follows the environment", async () => {
    const development = await registered({ environment: "development" });
    const staging = await registered({ environment: "staging" });
    expect(variables("webui", development)).toMatchObject({
      ENVIRONMENT: "development",
      LOG_LEVEL: "DEBUG",
      WEBUI_RELOAD: "true",
      DB_ECHO: "true",
    });
    expect(command("webui", development)).toContain("--reload");
    expect(variables("webui", staging)).toMatchObject({ LOG_LEVEL: "INFO", WEBUI_WORKERS: "2" });
    expect(variables("webui")).toMatchObject({
      ENVIRONMENT: "production",
      LOG_LEVEL: "WARNING",
      PYTHONOPTIMIZE: "2",
      WEBUI_WORKERS: "4",
    });
    expect(command("webui")).toEqual(expect.arrayContaining(["--workers", "4"]));
  });

  it("[K3] reserves graphics processors for vecpipe and the worker, on a host that has some", async () => {
    const machine = { cpus: 4, memoryGiB: 16, storageGiB: 500, gpus: 2 };
    const computing = await registered({ semantik: { gpus: 1 }, docker: { machine } });
    const reserved = names(running(computing).filter(({ inputs }) => inputs["gpus"]));
    expect(reserved).toEqual(["vecpipe", "worker"]);
    await expect(registered({ semantik: { gpus: 1 } })).rejects.toThrow(/not said to have any GPU/);
  });

  it("[K4] brings the model onto a volume by a job, from the hub that it may ask, before anything reads it", () => {
    expect(command("model").slice(-5)).toEqual([
      "hf",
      "download",
      "Qwen/Qwen3-Embedding-0.6B",
      "--revision",
      "main",
    ]);
    const cache = "/app/.cache/huggingface";
    expect(variables("model")).toMatchObject({ HF_HOME: cache, HF_ENDPOINT: "https://huggingface.co" });
    expect(networks("model")).toContain("egress");
    expect(folders("model")[cache]).toBe("semantik-models-shared");
    for (const name of APPLICATIONS) {
      expect(variables(name)).toMatchObject({ HF_HOME: cache, HF_CACHE_DIR: cache, HF_HUB_OFFLINE: "true" });
      expect(folders(name)[cache]).toBe("semantik-models-shared, read-only");
      expect(waitsFor(name, "model")).toBe(true);
      expect(networks(name)).not.toContain("egress");
    }
  });

  it("[K4] can take the model from an archive in a folder of the host, without a way out", async () => {
    const source = { kind: "archive", folder: "models", path: "qwen.tar.gz", sha256: "a".repeat(64) };
    const archived = await registered({
      semantik: { model: { source } },
      docker: { folders: { models: "/srv/models" } },
    });
    expect(folders("model", archived)["/archives"]).toBe("/srv/models, read-only");
    expect(variables("model", archived)).toMatchObject({
      ARCHIVE: "/archives/qwen.tar.gz",
      ARCHIVE_SHA256: "a".repeat(64),
    });
    expect(networks("model", archived)).toEqual([]);
  });

  it("[K5] migrates the database before whatever uses it", () => {
    expect(command("webui-migrations").slice(-3)).toEqual(["alembic", "upgrade", "head"]);
    expect(waitsFor("webui-migrations", "postgres-semantik-database")).toBe(true);
    expect(waitsFor("postgres-semantik-database", "postgres")).toBe(true);
    for (const name of [...APPLICATIONS, "webui-superuser"])
      expect(waitsFor(name, "webui-migrations"), name).toBe(true);
    expect(waitsFor("webui", "vecpipe")).toBe(true);
  });

  it("[K6] runs applications as 1000:1000 with NET_BIND_SERVICE alone, and gives them their volumes", () => {
    for (const name of APPLICATIONS)
      expect(container(name).inputs).toMatchObject({
        user: "1000:1000",
        capabilities: { drops: ["ALL"], adds: ["CAP_NET_BIND_SERVICE"] },
        securityOpts: ["no-new-privileges:true"],
        readOnly: true,
      });
    for (const volume of ["models", "data"])
      expect(command(`${volume}-owner`).join(" ")).toContain("1000:1000");
    expect(folders("webui")["/app/data"]).toBe("semantik-data-shared");
  });

  it("[K6] mounts documents read-only, where the host has a folder of them", async () => {
    expect(variables("webui")).not.toHaveProperty("DOCUMENT_PATH");
    const documented = await registered({ docker: { folders: { documents: "/srv/documents" } } });
    for (const name of ["webui", "worker"]) {
      expect(variables(name, documented)["DOCUMENT_PATH"]).toBe("/mnt/docs");
      expect(folders(name, documented)["/mnt/docs"]).toBe("/srv/documents, read-only");
    }
    expect(folders("vecpipe", documented)).not.toHaveProperty("/mnt/docs");
  });

  it("[K7] asks applications every 30 s, gives them 10 s, and takes three failures for ill", () => {
    for (const name of APPLICATIONS) {
      const { tests, interval, retries } = container(name).inputs["healthcheck"];
      // The pause that makes 30 s with Docker's own interval, and the time for an answer.
      expect([...tests.slice(3, 5), interval, retries], name).toEqual(["29", "10", "1s", 3]);
    }
    expect(container("webui").inputs["healthcheck"].tests[5]).toContain(" 8080 /api/health/readyz");
    expect(container("vecpipe").inputs["healthcheck"].tests[5]).toContain(" 8000 /health");
    expect(outputs.health).toEqual({ webui: "http://localhost:8080/api/health/readyz" });
  });

  it("[K10] makes the superuser by a job after the migrations, with a password that satisfies the policy", () => {
    expect(variables("webui-superuser")).toMatchObject({
      SUPERUSER_NAME: "admin",
      SUPERUSER_EMAIL: "admin@localhost",
    });
    expect(variables("webui-superuser")).not.toHaveProperty("SUPERUSER_PASSWORD");
    const [generated] = all.filter(({ name }) => name === "superuser-password");
    expect(generated!.inputs).toMatchObject({ minUpper: 1, minLower: 1, minNumeric: 1, minSpecial: 1 });
    for (const name of APPLICATIONS) expect(waitsFor(name, "webui-superuser")).toBe(false);
  });

  it("[K10] promises applications 2 GiB, and lets them have two cores and 4 GiB", () => {
    for (const name of APPLICATIONS)
      expect(container(name).inputs, name).toMatchObject({
        memoryReservation: 2048,
        memory: 4096,
        cpus: "2.0",
      });
  });

  it("[G8] fits an EliteDesk, with all that it promises", () => {
    const sum = (amount: (inputs: Registration["inputs"]) => number) =>
      running().reduce((total, { inputs }) => total + amount(inputs), 0);
    expect(sum(({ cpuShares }) => cpuShares / 1024)).toBeLessThanOrEqual(4 * PROMISED_SHARE);
    expect(sum(({ memoryReservation }) => memoryReservation / 1024)).toBeLessThanOrEqual(16 * PROMISED_SHARE);
  });

  it("[K2] refuses every mistake at once, without a secret, before anything is made", async () => {
    const mistaken = registered({
      semantik: {
        variables: { ACCESS_TOKEN_EXPIRE_MINUTES: 2000, DEFAULT_QUANTIZATION: "int4" },
        jwtSecretKey: "CHANGE_THIS_TO_A_STRONG_SECRET_KEY",
        superuser: { name: "admin", password: "weakpassword" },
      },
    });
    const message: string = await mistaken.then(
      () => "",
      (error: Error) => error.message,
    );
    for (const path of [
      "keelson:semantik.variables.ACCESS_TOKEN_EXPIRE_MINUTES is",
      "keelson:semantik.variables.DEFAULT_QUANTIZATION is",
      "keelson:semantik.jwtSecretKey is [secret]",
      "keelson:semantik.superuser.password is [secret]",
    ])
      expect(message).toContain(path);
    expect(message).not.toMatch(/CHANGE_THIS|weakpassword/);
  });
});

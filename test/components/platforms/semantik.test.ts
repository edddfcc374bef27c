import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { ELITEDESK, judge } from "../../../components/model/capacity.ts";
import { isHidden, textOf } from "../../../components/model/reference.ts";
import { permissionsOf } from "../../../components/model/workload.ts";
import { Semantik } from "../../../components/platforms/semantik.ts";
import type { SemantikArgs } from "../../../components/platforms/semantik-args.ts";
import { byEnvironment, variables } from "../../../components/platforms/semantik-variables.ts";
import { deploy } from "../../support/engine.ts";
import { settled } from "../../support/outputs.ts";
import { RecordingTarget } from "../../support/recording-target.ts";

const images = { webui: "webui:1", vecpipe: "vecpipe:1", worker: "worker:1" };
const PEM = "-----BEGIN CERTIFICATE-----\nprovider\n-----END CERTIFICATE-----";
const HEX = "0123456789abcdef".repeat(4);
const APPLICATIONS = ["vecpipe", "webui", "worker"];

/** The platform on a target that keeps what it is asked for. */
async function platform(args: Partial<SemantikArgs> = {}, folders: readonly string[] = []) {
  const target = new RecordingTarget(folders);
  let semantik: Semantik | undefined;
  await deploy(() => {
    semantik = new Semantik("semantik", { target, host: "ai.example.com", images, ...args });
  });
  return { target, semantik: semantik! };
}

/** What is wrong with arguments, and whether anything was made. */
async function refusal(args: Partial<SemantikArgs>): Promise<string> {
  const target = new RecordingTarget();
  const made = deploy(
    () => void new Semantik("semantik", { target, host: "ai.example.com", images, ...args }),
  );
  const message = await made.then(
    () => "nothing was refused",
    (error: Error) => error.message,
  );
  expect(target).toMatchObject({ plan: {}, workloads: {}, jobs: {}, shared: {} });
  return message;
}

describe("Semantik's arguments", () => {
  it("[K2] are refused with every mistake at once, before anything is made", async () => {
    const message = await refusal({
      variables: { ACCESS_TOKEN_EXPIRE_MINUTES: 1441, DEFAULT_COLLECTION: "../docs" },
      jwtSecretKey: "0123",
      superuser: { name: "the admin", email: "nowhere" },
      gpus: -1,
      qdrantCopies: 0,
      storageGiB: { models: 0.5 },
      scaling: { webui: { min: 3, max: 2 } },
      model: { revision: "--force" },
      external: {
        postgres: { host: "db.example.com", authority: PEM },
        redis: { url: "rediss://:in-the-url@cache.example.com", password: "given-redis" },
        qdrant: { url: "vectors.example.com:6333" },
      },
    });
    for (const mistake of [
      "variables.ACCESS_TOKEN_EXPIRE_MINUTES is 1441; it takes a whole number from 1 to 1440",
      'variables.DEFAULT_COLLECTION is "../docs"',
      "jwtSecretKey is [secret]; it takes 32 bytes as 64 hexadecimal digits",
      'superuser.name is "the admin"',
      'superuser.email is "nowhere"',
      "gpus is -1",
      "qdrantCopies is 0",
      "storageGiB.models is 0.5",
      "scaling.webui.max is 2; it takes a whole number from 3",
      'model.revision is "--force"',
      'external.postgres has neither an admin, who could make the database "semantik", nor',
      'external.redis is refused: the URL of "cache.example.com" holds a password',
      "external.qdrant is refused: the URL of a server can't be read",
    ])
      expect(message).toContain(mistake);
    expect(message).not.toContain("in-the-url");
  });

  it.each([
    "CHANGE_THIS_TO_A_STRONG_SECRET_KEY",
    "your-secret-key-of-more-than-32-characters",
    "0".repeat(64),
  ])("[K2] refuse the placeholder %s", async (placeholder) => {
    const message = await refusal({
      jwtSecretKey: placeholder,
      superuser: { name: "admin", password: placeholder },
      external: {
        postgres: {
          host: "db.example.com",
          authority: PEM,
          databases: { semantik: { user: "semantik", password: placeholder } },
        },
      },
    });
    for (const path of [
      "jwtSecretKey",
      "superuser.password",
      "external.postgres.databases.semantik.password",
    ])
      expect(message).toContain(`${path} is [secret]; it takes`);
    expect(message).not.toContain(placeholder);
  });

  it("[K2] refuse a database's password of less than 32 characters", async () => {
    const databases = { semantik: { user: "semantik", password: "Short.but.mixed.2026" } };
    const postgres = { host: "db.example.com", authority: PEM, databases };
    expect(await refusal({ external: { postgres } })).toContain("it takes 32 characters or more");
  });

  it("[K2] refuse a variable that there is none of", async () => {
    const unknown = { DB_POOL_SIZ: 10 } as Partial<SemantikArgs["variables"]>;
    expect(await refusal({ variables: unknown! })).toContain(
      "variables.DB_POOL_SIZ is none that can be set; there are: ACCESS_TOKEN_EXPIRE_MINUTES,",
    );
  });

  it("[K2] are judged as soon as they are known, where they are outputs", async () => {
    const { target } = await platform({ jwtSecretKey: pulumi.output(HEX) });
    const key = target.workloads["webui"]!.env!["JWT_SECRET_KEY"]!;
    expect(await settled(textOf(key))).toEqual({ value: HEX, secret: true });
  });

  it("[K2] take what the document's defaults are, and what its environments have", () => {
    const defaults = Object.entries(variables).map(([name, { fallback }]) => [name, fallback]);
    // Section 9 of the platform's document.
    expect(Object.fromEntries(defaults)).toMatchObject({
      ACCESS_TOKEN_EXPIRE_MINUTES: 1440,
      DEFAULT_COLLECTION: "work_docs",
      USE_MOCK_EMBEDDINGS: false,
      DB_POOL_SIZE: 20,
      DB_MAX_OVERFLOW: 40,
      DB_POOL_TIMEOUT: 30,
      MODEL_UNLOAD_AFTER_SECONDS: 300,
      RATE_LIMIT_PER_MINUTE: 60,
      CELERY_CONCURRENCY: 1,
      DEFAULT_EMBEDDING_MODEL: "Qwen/Qwen3-Embedding-0.6B",
      DEFAULT_QUANTIZATION: "float16",
    });
    expect(byEnvironment.development).toMatchObject({
      LOG_LEVEL: "DEBUG",
      WEBUI_RELOAD: true,
      DB_ECHO: true,
    });
    expect(byEnvironment.production).toMatchObject({
      LOG_LEVEL: "WARNING",
      PYTHONOPTIMIZE: 2,
      WEBUI_WORKERS: 4,
    });
  });
});

describe("Semantik", () => {
  it("[K1] tells each application the secrets that it needs, and no other", async () => {
    const { target } = await platform();
    const hidden = (name: string) =>
      Object.entries(target.workloads[name]!.env!)
        .filter(([, setting]) => isHidden(setting))
        .map(([variable]) => variable)
        .toSorted();
    const database = ["DATABASE_URL", "POSTGRES_PASSWORD"];
    expect(Object.fromEntries(APPLICATIONS.map((name) => [name, hidden(name)]))).toEqual({
      vecpipe: [...database, "QDRANT_API_KEY"].toSorted(),
      webui: [...database, "JWT_SECRET_KEY", "REDIS_URL"].toSorted(),
      worker: [...database, "CELERY_BROKER_URL", "JWT_SECRET_KEY", "QDRANT_API_KEY", "REDIS_URL"].toSorted(),
    });
  });

  it("[K2] connects to PostgreSQL by the URL of the document, and checks whom it talks to", async () => {
    const { target } = await platform();
    const { env = {} } = target.workloads["webui"]!;
    expect(await settled(textOf(env["DATABASE_URL"]!))).toEqual({
      value: "postgresql://semantik:generated-by-postgres-semantik@postgres:5432/semantik",
      secret: true,
    });
    expect(env).toMatchObject({
      PGSSLMODE: "verify-full",
      PGSSLROOTCERT: "/run/keelson/database-authority.pem",
    });
  });

  it("[K2] keeps Celery's queue from being evicted", async () => {
    const { target } = await platform();
    const { value } = await settled(textOf(target.workloads["redis"]!.files!["redis.conf"]!));
    expect(value).toContain("maxmemory-policy noeviction");
  });

  it("[K6] has documents for those that read them, where the target has a folder of them", async () => {
    const { target } = await platform({}, ["documents"]);
    const folders = Object.fromEntries(APPLICATIONS.map((name) => [name, target.workloads[name]!.folders]));
    const documents = { documents: "/mnt/docs" };
    expect(folders).toEqual({ vecpipe: {}, webui: documents, worker: documents });
  });

  it("[K10] takes a superuser of one's own, and tells who may log in", async () => {
    const superuser = { name: "chief", email: "chief@example.com", password: "Chosen.2026" };
    const { target, semantik } = await platform({ superuser });
    expect(target.jobs["webui-superuser"]!.env).toMatchObject({
      SUPERUSER_NAME: "chief",
      SUPERUSER_EMAIL: "chief@example.com",
    });
    const { superuser: login, flower } = semantik.logins;
    expect(login.user).toBe("chief");
    expect(await settled(login.password)).toEqual({ value: "Chosen.2026", secret: true });
    expect(flower!.user).toBe("flower");
  });

  it("[K3] takes graphics processors for vecpipe and the worker, in one copy each", async () => {
    const { target } = await platform({ gpus: 1 });
    const { vecpipe, webui, worker } = target.plan;
    expect([vecpipe, webui, worker].map((demand) => [demand!.gpus, demand!.copies])).toEqual([
      [1, 1],
      [0, 4],
      [1, 1],
    ]);
  });

  it("[G8] plans what it runs, and says what can run elsewhere where there is no room", async () => {
    const { target } = await platform();
    expect(new Set(Object.keys(target.plan))).toEqual(
      new Set([...Object.keys(target.workloads), ...Object.keys(target.shared)]),
    );
    expect(judge(target.plan, ELITEDESK).fits).toBe(true);
    const { offloads } = judge(target.plan, { ...ELITEDESK, memoryGiB: 8 });
    expect(offloads.join("\n")).toContain("qdrant can run elsewhere: keelson:external: { qdrant:");
  });

  it("[K1] [G5] may leave the private networks for stores that somebody else runs, each application for its own", async () => {
    const { target } = await platform({
      external: {
        postgres: {
          host: "db.example.com",
          authority: PEM,
          admin: { user: "boss", password: "given-admin" },
        },
        redis: { url: "rediss://cache.example.com:6380", password: "given-redis" },
        qdrant: { url: "https://vectors.example.com", apiKey: "given-key" },
      },
    });
    const waysOut = (name: string) =>
      permissionsOf(target.workloads[name]!)
        .filter(({ endpoint }) => endpoint.outside)
        .map(({ endpoint }) => endpoint.host)
        .toSorted();
    expect(Object.fromEntries([...APPLICATIONS, "flower"].map((name) => [name, waysOut(name)]))).toEqual({
      vecpipe: ["db.example.com", "vectors.example.com"],
      webui: ["cache.example.com", "db.example.com"],
      worker: ["cache.example.com", "db.example.com", "vectors.example.com"],
      flower: ["cache.example.com"],
    });
    expect(Object.keys(target.plan).toSorted()).toEqual(
      ["data", "flower", "models", ...APPLICATIONS].toSorted(),
    );
  });

  it("[K1] starts programs of private images in another way where it is told to", async () => {
    const { target } = await platform({ commands: { vecpipe: ["serve"], superuser: ["make", "superuser"] } });
    expect(target.workloads["vecpipe"]!.command).toEqual(["serve"]);
    expect(target.jobs["webui-superuser"]!.command).toEqual(["make", "superuser"]);
    expect(target.jobs["webui-migrations"]!.command).toEqual(["alembic", "upgrade", "head"]);
  });
});

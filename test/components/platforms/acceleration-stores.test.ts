import { describe, expect, it } from "vitest";
import { isHidden, Reference, type Setting, textOf } from "../../../components/model/reference.ts";
import { permissionsOf } from "../../../components/model/workload.ts";
import { Acceleration } from "../../../components/platforms/acceleration.ts";
import type {
  AccelerationArgs,
  AccelerationExternal,
} from "../../../components/platforms/acceleration-args.ts";
import { inOrder, type ServiceName } from "../../../components/platforms/acceleration-services.ts";
import { deploy } from "../../support/engine.ts";
import { settled } from "../../support/outputs.ts";
import { RecordingTarget } from "../../support/recording-target.ts";

const GIVEN_SECRETS = ["given-admin", "given-owner", "given-redis", "given-token", "given-key"];
const PEM = "-----BEGIN CERTIFICATE-----\nprovider\n-----END CERTIFICATE-----";

/** A choice of one store, with the outside addresses that it opens and the pods of its own. */
interface Choice {
  readonly args: Pick<AccelerationArgs, "databaseCopies">;
  readonly external: AccelerationExternal;
  readonly outside: readonly string[];
  readonly own: readonly string[];
}

const databases: readonly Choice[] = [
  { args: {}, external: {}, outside: [], own: ["postgres"] },
  { args: { databaseCopies: 5 }, external: {}, outside: [], own: ["postgres"] },
  {
    args: {},
    external: {
      postgres: {
        host: "db.example.com",
        authority: PEM,
        admin: { user: "boss", password: "given-admin" },
      },
    },
    outside: ["db.example.com:5432"],
    own: [],
  },
  {
    args: {},
    external: {
      postgres: {
        host: "db.example.com",
        port: 6432,
        authority: PEM,
        databases: Object.fromEntries(
          inOrder.map((service) => [service, { user: `${service}-owner`, password: "given-owner" }]),
        ),
      },
    },
    outside: ["db.example.com:6432"],
    own: [],
  },
];
const queues: readonly Choice[] = [
  { args: {}, external: {}, outside: [], own: ["redis"] },
  {
    args: {},
    external: { redis: { url: "rediss://cache.example.com:6380", password: "given-redis" } },
    outside: ["cache.example.com:6380"],
    own: [],
  },
];
const vectorStores: readonly Choice[] = [
  { args: {}, external: {}, outside: [], own: ["chroma"] },
  {
    args: {},
    external: { chroma: { url: "https://chroma.example.com", token: "given-token" } },
    outside: ["chroma.example.com:443"],
    own: [],
  },
  {
    args: {},
    external: { pinecone: { indexUrl: "https://index.example.com", apiKey: "given-key" } },
    outside: ["index.example.com:443"],
    own: [],
  },
];

const images = Object.fromEntries([...inOrder, "web"].map((name) => [name, `${name}:1`])) as Record<
  ServiceName | "web",
  string
>;

/** The platform on a target that keeps what it is asked for. */
async function platform(args: Partial<AccelerationArgs>): Promise<RecordingTarget> {
  const target = new RecordingTarget();
  await deploy(
    () => void new Acceleration("acceleration", { target, host: "ai.example.com", images, ...args }),
  );
  return target;
}

const plainText = async (settings: Readonly<Record<string, Setting>>) =>
  Promise.all(
    Object.values(settings)
      .filter((setting) => !isHidden(setting))
      .map(async (setting) => (await settled(textOf(setting))).value),
  );

/** Names of what a service is told, each with whether it is hidden; those of vector stores apart. */
const told = (target: RecordingTarget, service: ServiceName) =>
  Object.fromEntries(
    Object.entries({ ...target.workloads[service]!.env, ...target.workloads[service]!.files })
      .filter(([name]) => !/^(CHROMA|PINECONE)_/.test(name))
      .map(([name, setting]) => [name, isHidden(setting)]),
  );

const waysOut = (grants: readonly { endpoint: Reference["grants"][number]["endpoint"]; port: string }[]) =>
  new Set(
    grants
      .filter(({ endpoint }) => endpoint.outside)
      .map(({ endpoint, port }) => `${endpoint.host}:${endpoint.ports[port]!.number}`),
  );

const combinations = databases.flatMap((database) =>
  queues.flatMap((redis) => vectorStores.map((vectors) => ({ database, redis, vectors }))),
);

describe("Acceleration, with any choice of stores", () => {
  it("[A2, A7] tells services the same, opens what lies outside and nothing else, and has no secret in clear", async () => {
    const usual = await platform({});
    for (const { database, redis, vectors } of combinations) {
      const external = { ...database.external, ...redis.external, ...vectors.external };
      const target = await platform({ ...database.args, external });
      for (const service of inOrder) {
        expect(told(target, service)).toEqual(told(usual, service));
        const ways = [...database.outside, ...redis.outside, ...(service === "rag" ? vectors.outside : [])];
        expect(waysOut(permissionsOf(target.workloads[service]!))).toEqual(new Set(ways));
        expect(waysOut(permissionsOf(target.jobs[`${service}-migrations`]!))).toEqual(
          new Set(database.outside),
        );
      }
      expect(waysOut(permissionsOf(target.workloads["web"]!))).toEqual(new Set());
      const own = [...Object.keys(target.workloads), ...Object.keys(target.servers)];
      expect(new Set(own)).toEqual(
        new Set([...inOrder, "web", ...database.own, ...redis.own, ...vectors.own]),
      );
      const everything = [...Object.values(target.workloads), ...Object.values(target.jobs)];
      for (const { env = {}, files = {}, command } of everything) {
        const shown = [...command, ...(await plainText(env)), ...(await plainText(files))].join("\n");
        expect([...GIVEN_SECRETS, "generated-by"].filter((secret) => shown.includes(secret))).toEqual([]);
      }
    }
  });

  it("[A3] keeps the secrets that its document names, with their keys, whatever the choice", async () => {
    for (const { args, external } of databases) {
      const { kept } = await platform({ ...args, external });
      expect(
        Object.fromEntries(Object.entries(kept).map(([name, keys]) => [name, Object.keys(keys)])),
      ).toEqual({
        "postgres-secret": ["username", "password", "host", "database"],
        "redis-secret": ["url", "password"],
        "api-keys": ["openai-api-key", "anthropic-api-key", "jwt-secret"],
      });
    }
  });

  it("[A3] keeps there what the gateway connects with, and the keys that the stack gives", async () => {
    const { kept, workloads } = await platform({ modelKeys: { openai: "sk-1" } });
    const value = async (secret: string, key: string) => (await settled(textOf(kept[secret]![key]!))).value;
    const { env = {} } = workloads["gateway"]!;
    const [username, password] = [
      await value("postgres-secret", "username"),
      await value("postgres-secret", "password"),
    ];
    const [host, database] = [
      await value("postgres-secret", "host"),
      await value("postgres-secret", "database"),
    ];
    expect((await settled(textOf(env["DATABASE_URL"]!))).value).toBe(
      `postgresql+asyncpg://${username}:${password}@${host}:5432/${database}?ssl=require`,
    );
    expect(await value("redis-secret", "url")).toBe((await settled(textOf(env["REDIS_URL"]!))).value);
    expect(await value("api-keys", "jwt-secret")).toBe((await settled(textOf(env["JWT_SECRET_KEY"]!))).value);
    expect(await value("api-keys", "openai-api-key")).toBe("sk-1");
    expect(await value("api-keys", "anthropic-api-key")).toBe("");
    const shown = Object.values(kept).flatMap((keys) =>
      Object.entries(keys).flatMap(([key, setting]) => (isHidden(setting) ? [] : [key])),
    );
    expect(shown).toEqual(["username", "host", "database"]);
  });

  it("[A2] names Chroma to its clients the same wherever it runs, and gives its token as its own library reads it", async () => {
    const own = (await platform({})).workloads["rag"]!.env!;
    const [, outside] = vectorStores;
    const { env = {} } = (await platform({ external: outside!.external })).workloads["rag"]!;
    const chroma = (variables: object) => Object.keys(variables).filter((name) => name.startsWith("CHROMA_"));
    expect(env["VECTOR_STORE"]).toBe("chroma");
    expect(chroma(env)).toEqual([
      ...chroma(own),
      "CHROMA_CLIENT_AUTH_PROVIDER",
      "CHROMA_CLIENT_AUTH_CREDENTIALS",
    ]);
    expect(isHidden(env["CHROMA_CLIENT_AUTH_CREDENTIALS"]!)).toBe(true);
  });

  it("asks to be promised what its own stores need, and nothing for those that somebody else runs", async () => {
    const { plan } = await platform({ databaseCopies: 3, databaseStorageGiB: 50 });
    expect(plan["postgres"]).toMatchObject({ copies: 3, storageGiB: 50 });
    expect(plan["gateway"]).toMatchObject({ copies: 10, cpuRequest: 0.5, memoryRequestMiB: 1024 });
    const external = { ...databases[2]!.external, ...queues[1]!.external, ...vectorStores[1]!.external };
    const elsewhere = await platform({ external });
    expect(Object.keys(elsewhere.plan).toSorted()).toEqual([...inOrder, "web"].toSorted());
  });

  it("refuses two places for its vectors", async () => {
    const external = { ...vectorStores[1]!.external, ...vectorStores[2]!.external };
    await expect(platform({ external })).rejects.toThrow(/chroma and pinecone are both given/);
  });
});

import { describe, expect, it } from "vitest";
import { inOrder } from "../../components/platforms/acceleration-services.ts";
import { shapeOf } from "../../stacks/deploy.ts";
import { MistakenSettings, parse } from "../../stacks/settings.ts";

const PEM = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
const ADMIN = { user: "boss", password: "hunter2" };
const OUTSIDE = { host: "db.example.com", authority: PEM };

/** What a stack reads of servers elsewhere, encrypted unless said otherwise. */
function read(external: object, secrets = new Set(["keelson:external"])) {
  const values = {
    "keelson:platform": "acceleration",
    "keelson:target": "docker",
    "keelson:external": JSON.stringify(external),
  };
  return parse(shapeOf("acceleration", "docker"), { values, secrets }).external;
}

/** What is wrong with what is said of servers elsewhere. */
function mistakes(external: object, secrets?: Set<string>): string[] {
  try {
    read(external, secrets);
  } catch (error) {
    if (!(error instanceof MistakenSettings)) throw error;
    return error.mistakes.map(({ path, reason }) => `${path} ${reason}`);
  }
  return [];
}

describe("servers that somebody else runs, as a stack says them", () => {
  it.each([
    {},
    { postgres: { ...OUTSIDE, port: 6432, admin: { ...ADMIN, database: "defaultdb" } } },
    { postgres: { ...OUTSIDE, databases: Object.fromEntries(inOrder.map((name) => [name, ADMIN])) } },
    { postgres: { ...OUTSIDE, admin: ADMIN, databases: { rag: { ...ADMIN, database: "documents" } } } },
    { redis: { url: "rediss://app@cache.example.com:6380/1", password: "hunter2" } },
    { redis: { url: "redis://10.0.0.7", password: "hunter2" } },
    { chroma: { url: "https://chroma.example.com", token: "hunter2" } },
    { chroma: { url: "http://10.0.0.7:8000" } },
    { pinecone: { indexUrl: "https://index.example.com", apiKey: "hunter2" } },
  ])("may be %j", (settings) => {
    expect(read(settings)).toEqual(settings);
  });

  it("[G10] show every mistake at once, each with what is allowed", () => {
    expect(mistakes({ redis: { url: "cache.example.com:6379" }, chroma: {}, weviate: {} })).toEqual([
      "keelson:external.redis.url is [secret]; it takes rediss://host:port/0, or redis:// for a server without TLS; the password stands by itself",
      'keelson:external.redis.password is missing, and a secret; set it by "pulumi config set --secret --path keelson:external.redis.password"',
      "keelson:external.chroma.url is missing; it takes https://host:port, or http://; the token stands by itself",
      "keelson:external.weviate is no setting; there are: postgres, redis, chroma, pinecone",
    ]);
    expect(mistakes({ postgres: { host: "https://db", authority: "ca.pem" } })).toEqual([
      'keelson:external.postgres.host is [secret]; it takes a host name or an address, as in "db.example.com"',
      "keelson:external.postgres.authority is [secret]; it takes the certificate of the authority that signed the server's, in PEM",
      "keelson:external.postgres.admin is missing; it takes { user, password }, unless databases has all there are",
    ]);
  });

  it("[G10] name each service that would have no database", () => {
    const databases = Object.fromEntries(inOrder.slice(2).map((name) => [name, ADMIN]));
    expect(mistakes({ postgres: { ...OUTSIDE, databases } })).toEqual(
      inOrder
        .slice(0, 2)
        .map(
          (name) =>
            `keelson:external.postgres.databases.${name} is missing; it takes { user, password }, unless an admin is given, who makes it`,
        ),
    );
  });

  it("[G3] are refused with a password in clear text, wherever it stands, without repeating it", () => {
    const clear = mistakes(
      {
        postgres: { ...OUTSIDE, admin: ADMIN, databases: { rag: ADMIN } },
        redis: { url: "rediss://:hunter2@cache.example.com", password: "hunter2" },
        chroma: { url: "https://chroma.example.com", token: "hunter2" },
      },
      new Set(),
    );
    expect(
      clear.filter((line) => line.includes("stands in clear text")).map((line) => line.split(" ")[0]),
    ).toEqual([
      "keelson:external.postgres.admin.password",
      "keelson:external.postgres.databases.rag.password",
      "keelson:external.redis.password",
      "keelson:external.chroma.token",
    ]);
    expect(clear[0]).toMatch(/^keelson:external\.redis\.url is "rediss:\/\/\[secret\]@cache\.example\.com"/);
    expect(clear.join("\n")).not.toContain("hunter2");
  });
});

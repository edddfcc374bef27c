import { describe, expect, it } from "vitest";
import { inOrder } from "../../components/platforms/acceleration-services.ts";
import { shapeOf } from "../../stacks/deploy.ts";
import { MistakenSettings, parse } from "../../stacks/settings.ts";

const PEM = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
const ADMIN = { user: "boss", password: "hunter2" };
const OUTSIDE = { kind: "external", host: "db.example.com", authority: PEM };

/** What a stack reads from its settings of Acceleration, encrypted unless said otherwise. */
function read(acceleration: object, secrets = new Set(["keelson:acceleration"])) {
  const values = {
    "keelson:platform": "acceleration",
    "keelson:target": "docker",
    "keelson:acceleration": JSON.stringify(acceleration),
  };
  return parse(shapeOf("acceleration", "docker"), { values, secrets }).acceleration;
}

/** What is wrong with settings of Acceleration. */
function mistakes(acceleration: object, secrets?: Set<string>): string[] {
  try {
    read(acceleration, secrets);
  } catch (error) {
    if (!(error instanceof MistakenSettings)) throw error;
    return error.mistakes.map(({ path, reason }) => `${path} ${reason}`);
  }
  return [];
}

describe("the stores of Acceleration, as a stack says them", () => {
  it.each([
    {},
    { database: { kind: "own" }, redis: { kind: "own" }, vectors: { kind: "chroma" } },
    { database: { kind: "replicated" } },
    { database: { kind: "replicated", copies: 5 } },
    { database: { ...OUTSIDE, port: 6432, admin: { ...ADMIN, database: "defaultdb" } } },
    { database: { ...OUTSIDE, databases: Object.fromEntries(inOrder.map((name) => [name, ADMIN])) } },
    { database: { ...OUTSIDE, admin: ADMIN, databases: { rag: { ...ADMIN, database: "documents" } } } },
    { redis: { kind: "external", url: "rediss://app@cache.example.com:6380/1", password: "hunter2" } },
    { redis: { kind: "external", url: "redis://10.0.0.7", password: "hunter2" } },
    { vectors: { kind: "external-chroma", url: "https://chroma.example.com", token: "hunter2" } },
    { vectors: { kind: "pinecone", indexUrl: "https://index.example.com", apiKey: "hunter2" } },
  ])("may be %j", (settings) => {
    expect(read(settings)).toEqual(settings);
  });

  it("[G10] show every mistake at once, each with what is allowed", () => {
    expect(
      mistakes({
        database: { kind: "replicated", copies: 1 },
        redis: { kind: "external", url: "cache.example.com:6379" },
        vectors: { kind: "weaviate" },
      }),
    ).toEqual([
      "keelson:acceleration.database.copies is [secret]; it takes a whole number from 2 to 9",
      "keelson:acceleration.redis.url is [secret]; it takes rediss://host:port/0, or redis:// for a server without TLS; the password stands by itself",
      "keelson:acceleration.redis.password is missing; it takes text",
      "keelson:acceleration.vectors.kind is [secret]; it takes { kind: chroma }, { kind: external-chroma, url } or { kind: pinecone, indexUrl, apiKey }",
    ]);
    expect(mistakes({ database: { kind: "external", host: "https://db", authority: "ca.pem" } })).toEqual([
      'keelson:acceleration.database.host is [secret]; it takes a host name or an address, as in "db.example.com"',
      "keelson:acceleration.database.authority is [secret]; it takes the certificate of the authority that signed the server's, in PEM",
      "keelson:acceleration.database.admin is missing; it takes { user, password }, unless databases has one for each service",
    ]);
  });

  it("[G10] name each service that would have no database", () => {
    const databases = Object.fromEntries(inOrder.slice(2).map((name) => [name, ADMIN]));
    expect(mistakes({ database: { ...OUTSIDE, databases } })).toEqual(
      inOrder
        .slice(0, 2)
        .map(
          (name) =>
            `keelson:acceleration.database.databases.${name} is missing; it takes { user, password }, unless an admin is given, who makes it`,
        ),
    );
  });

  it("[G3] are refused with a password in clear text, wherever it stands, without repeating it", () => {
    const clear = mistakes(
      {
        database: { ...OUTSIDE, admin: ADMIN, databases: { rag: ADMIN } },
        redis: { kind: "external", url: "rediss://:hunter2@cache.example.com", password: "hunter2" },
        vectors: { kind: "external-chroma", url: "https://chroma.example.com", token: "hunter2" },
      },
      new Set(),
    );
    expect(
      clear.filter((line) => line.includes("stands in clear text")).map((line) => line.split(" ")[0]),
    ).toEqual([
      "keelson:acceleration.database.admin.password",
      "keelson:acceleration.database.databases.rag.password",
      "keelson:acceleration.redis.password",
      "keelson:acceleration.vectors.token",
    ]);
    expect(clear[0]).toMatch(
      /^keelson:acceleration\.redis\.url is "rediss:\/\/\[secret\]@cache\.example\.com"/,
    );
    expect(clear.join("\n")).not.toContain("hunter2");
  });
});

import { describe, expect, it } from "vitest";
import { variables } from "../../components/platforms/semantik-variables.ts";
import { shapeOf } from "../../stacks/deploy.ts";
import { MistakenSettings, parse } from "../../stacks/settings.ts";
import { stackFile } from "../support/stack-file.ts";

const HEX = "0123456789abcdef".repeat(4);
const PEM = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";

/** Lines of all mistakes in settings of Semantik and of servers elsewhere; by default, of an encrypted configuration. */
function mistakes(semantik: object, external: object = {}, encrypted = ["semantik", "external"]) {
  const { values } = stackFile("semantik-docker");
  const given = {
    ...values,
    "keelson:semantik": JSON.stringify(semantik),
    "keelson:external": JSON.stringify(external),
  };
  const secrets = new Set(encrypted.map((name) => `keelson:${name}`));
  try {
    parse(shapeOf("semantik", "docker"), { values: given, secrets });
    return [];
  } catch (error) {
    if (!(error instanceof MistakenSettings)) throw error;
    return error.mistakes.map(({ path, reason }) => `${path} ${reason}`);
  }
}

describe("Semantik's settings", () => {
  const defaults = Object.fromEntries(
    Object.entries(variables).map(([name, { fallback }]) => [name, fallback]),
  );

  it.each([
    [{ variables: defaults }, {}],
    [{ worker: false, flower: false, gpus: 2, qdrantCopies: 3, databaseCopies: 1 }, {}],
    [{ model: { revision: "v1.0", source: { kind: "hub", token: "hf_1234" } } }, {}],
    [{ model: { source: { kind: "archive", url: "https://example.com/m.tar", sha256: HEX } } }, {}],
    [{ model: { source: { kind: "archive", folder: "models", path: "m.tar", sha256: HEX } } }, {}],
    [
      {
        superuser: { name: "chief", email: "chief@example.com", password: "Chosen.2026" },
        jwtSecretKey: HEX,
      },
      {},
    ],
    [
      {
        scaling: { webui: { min: 2, max: 6 } },
        storageGiB: { qdrant: 100 },
        commands: { vecpipe: ["serve"] },
      },
      {},
    ],
    [
      {},
      {
        postgres: { host: "db.example.com", authority: PEM, admin: { user: "boss", password: "p" } },
        redis: { url: "rediss://cache.example.com:6380", password: "p" },
        qdrant: { url: "https://vectors.example.com:6333", apiKey: "key" },
      },
    ],
  ])("[G10] take %j and servers elsewhere %j", (semantik, external) => {
    expect(mistakes(semantik, external)).toEqual([]);
  });

  it("[K2] [G10] show all mistakes at once, each with what is allowed, and no secret", () => {
    const found = mistakes(
      {
        variables: { ACCESS_TOKEN_EXPIRE_MINUTES: 1441, USE_MOCK_EMBEDDINGS: "no", DB_POOL: 1 },
        jwtSecretKey: "CHANGE_THIS_TO_A_STRONG_SECRET_KEY",
        superuser: { name: "admin", password: "onlysmall" },
        scaling: { webui: { min: 3, max: 2 } },
        model: { revision: "../main" },
      },
      {
        postgres: {
          host: "db.example.com",
          authority: PEM,
          databases: { semantik: { user: "semantik", password: "too-short" } },
        },
      },
    );
    for (const line of [
      "keelson:semantik.variables.ACCESS_TOKEN_EXPIRE_MINUTES is [secret]; it takes a whole number from 1 to 1440",
      "keelson:semantik.variables.USE_MOCK_EMBEDDINGS is [secret]; it takes true or false",
      "keelson:semantik.variables.DB_POOL is no setting",
      "keelson:semantik.jwtSecretKey is [secret]; it takes 32 bytes as 64 hexadecimal digits",
      "keelson:semantik.superuser.password is [secret]; it takes 8 characters or more",
      "keelson:semantik.scaling.webui is [secret]; it takes { min, max } with min not above max",
      "keelson:semantik.model.revision is [secret]; it takes a branch, a tag or a commit",
      "keelson:external.postgres.databases.semantik.password is [secret]; it takes 32 characters or more",
    ])
      expect(found).toEqual(expect.arrayContaining([expect.stringContaining(line)]));
    expect(found).toHaveLength(8);
    expect(found.join()).not.toMatch(/CHANGE_THIS|onlysmall|too-short/);
  });

  it("[G3] refuse secrets in clear text", () => {
    const given = {
      jwtSecretKey: HEX,
      superuser: { name: "admin", password: "Chosen.2026" },
      model: { source: { kind: "hub", token: "hf_1234" } },
    };
    const paths = mistakes(given, {}, []).map((line) => line.replace(/ .*/s, ""));
    expect(paths.toSorted()).toEqual([
      "keelson:semantik.jwtSecretKey",
      "keelson:semantik.model.source.token",
      "keelson:semantik.superuser.password",
    ]);
  });

  it("[M2] take no server elsewhere that the platform does not use", () => {
    expect(mistakes({}, { mongodb: {} })).toEqual([
      expect.stringContaining("keelson:external.mongodb is no setting"),
    ]);
  });
});

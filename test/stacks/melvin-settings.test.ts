import { describe, expect, it } from "vitest";
import { shapeOf } from "../../stacks/deploy.ts";
import { MistakenSettings, parse } from "../../stacks/settings.ts";
import { stackFile } from "../support/stack-file.ts";

const GOOD_PASSWORD = "Chosen.2026";
const DIGEST = "0123456789abcdef".repeat(4);

/** Lines of all mistakes in settings of Melvin and of servers elsewhere; by default, of an encrypted configuration. */
function mistakes(melvin: object, external: object = {}, encrypted = ["melvin", "external"]) {
  const { values } = stackFile("melvin-docker");
  const given = {
    ...values,
    "keelson:melvin": JSON.stringify(melvin),
    "keelson:external": JSON.stringify(external),
  };
  const secrets = new Set(encrypted.map((name) => `keelson:${name}`));
  try {
    parse(shapeOf("melvin", "docker"), { values: given, secrets });
    return [];
  } catch (error) {
    if (!(error instanceof MistakenSettings)) throw error;
    return error.mistakes.map(({ path, reason }) => `${path} ${reason}`);
  }
}

describe("Melvin's settings", () => {
  it.each([
    [{ vectors: { kind: "qdrant", copies: 3 }, ingestion: "job", databaseCopies: 1 }, {}],
    [{ vectors: { kind: "faiss" }, model: { name: "gemma2:2b", digest: DIGEST } }, {}],
    [{ model: { name: "own", archive: { sha256: DIGEST, url: "https://example.com/own.gguf" } } }, {}],
    [{ admin: { name: "chief@example.com", password: GOOD_PASSWORD }, apiPort: 8080 }, {}],
    [{ scryfall: { requestsPerSecond: 2.5, cacheDirectory: "/srv/cards" } }, {}],
    [{ sizes: { ollama: { memoryLimitMiB: 9000 } }, commands: { worker: ["melvin-worker"] } }, {}],
    [{ apis: { openai: { url: "https://api.openai.com/v1", key: "sk-1234" } } }, {}],
    [
      {},
      {
        mongodb: { url: "mongodb+srv://c.example.net", databases: { melvin: { user: "u", password: "p" } } },
        qdrant: { url: "https://vectors.example.com", apiKey: "key" },
        ollama: { url: "http://gpu.example.com:11434" },
      },
    ],
  ])("[G10] take %j and servers elsewhere %j", (melvin, external) => {
    expect(mistakes(melvin, external)).toEqual([]);
  });

  it("[G10] show all mistakes at once, each with what is allowed", () => {
    const found = mistakes(
      {
        vectors: { kind: "pinecone" },
        ingestion: "nobody",
        scryfall: { requestsPerSecond: 11 },
        model: { name: "own", archive: { sha256: DIGEST, folder: "elsewhere", path: "own.gguf" } },
        apiPort: 80,
        sizes: { api: { storageGiB: 5 }, ollama: { cpuRequest: 0 } },
        commands: { worker: [] },
      },
      { mongodb: { url: "mongodb://user:hidden@db.example.com/melvin", databases: {} } },
      [],
    );
    const paths = found.map((line) => line.split(" ")[0]!);
    expect(paths.toSorted()).toEqual(
      [
        "external.mongodb.databases.melvin",
        "external.mongodb.url",
        "melvin.apiPort",
        "melvin.commands.worker",
        "melvin.ingestion",
        "melvin.model.archive",
        "melvin.scryfall.requestsPerSecond",
        "melvin.sizes.api.storageGiB",
        "melvin.sizes.ollama.cpuRequest",
        "melvin.vectors.kind",
      ].map((path) => `keelson:${path}`),
    );
    expect(found).toContain(
      "keelson:melvin.scryfall.requestsPerSecond is 11; it takes a number of requests above 0, 10 at most, as Scryfall allows",
    );
    expect(found.join()).not.toContain("hidden");
  });

  it("[M4] refuse a password of the administrator that breaks the policy, without repeating it", () => {
    const [mistake, ...others] = mistakes({ admin: { password: "melvin-2026" } });
    expect(others).toEqual([]);
    expect(mistake).toMatch(/^keelson:melvin\.admin\.password is \[secret\]; it takes 8 characters or more/);
    expect(mistake).toContain("this one has no capital letter from A to Z");
    expect(mistake).not.toContain("melvin-2026");
  });

  it("[G3, M6] refuse secrets that stand in clear text, without repeating them", () => {
    const found = mistakes(
      {
        admin: { password: GOOD_PASSWORD },
        apis: { openai: { url: "https://api.openai.com/v1", key: "sk-1234" } },
      },
      { qdrant: { url: "https://vectors.example.com", apiKey: "qd-1234" } },
      [],
    );
    expect(found.map((line) => line.split(";")[0]!).toSorted()).toEqual([
      "keelson:external.qdrant.apiKey stands in clear text",
      "keelson:melvin.admin.password stands in clear text",
      "keelson:melvin.apis.openai.key stands in clear text",
    ]);
    for (const secret of [GOOD_PASSWORD, "sk-1234", "qd-1234"]) expect(found.join()).not.toContain(secret);
  });
});

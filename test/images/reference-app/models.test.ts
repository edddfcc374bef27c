import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import type { RequestListener } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { hf } from "../../../images/reference-app/commands/hf.ts";
import { discover } from "../../../images/reference-app/discovery.ts";
import { proveOnce } from "../../../images/reference-app/proving.ts";
import { startHttpServer } from "./support.ts";

const MODEL = "Qwen/Qwen3-Embedding-0.6B";
const CACHED = "hub/models--Qwen--Qwen3-Embedding-0.6B";
const COMMIT = "a".repeat(40);
const WEIGHTS = "0123456789".repeat(1000);
const WEIGHTS_SHA256 = createHash("sha256").update(WEIGHTS).digest("hex");
const CONFIG_BLOB = "b".repeat(40);

let home: string;
let log: string[];
beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), "keelson-models-"));
  log = [];
  vi.spyOn(console, "error").mockImplementation((line: string) => void log.push(line));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(home, { recursive: true });
});

/** A hub with one model, which keeps what it was asked for. */
async function hub(weights = WEIGHTS, listed = "1_Pooling/config.json") {
  const asked: string[] = [];
  const files = [
    { rfilename: "model.safetensors", size: weights.length, lfs: { sha256: WEIGHTS_SHA256 } },
    { rfilename: listed, size: 2, blobId: CONFIG_BLOB },
  ];
  const answers: Record<string, string> = {
    [`/api/models/${MODEL}/revision/main?blobs=true`]: JSON.stringify({ sha: COMMIT, siblings: files }),
    [`/${MODEL}/resolve/${COMMIT}/model.safetensors`]: weights,
    [`/${MODEL}/resolve/${COMMIT}/1_Pooling/config.json`]: "{}",
  };
  const listener: RequestListener = ({ url = "", headers }, response) => {
    asked.push(`${url} ${headers.authorization ?? ""}`.trim());
    response.statusCode = url in answers ? 200 : 404;
    response.end(answers[url]);
  };
  return { endpoint: `http://127.0.0.1:${await startHttpServer(listener)}`, asked };
}

const bring = (environment: NodeJS.ProcessEnv, args = ["download", MODEL, "--revision", "main"]) =>
  hf(args, { HF_HOME: home, SERVICE_NAME: "vecpipe", ...environment });
const inCache = (file: string) => readFileSync(path.join(home, CACHED, file), "utf8");

/** What is proven of the folders that an environment names, by the name of the dependency. */
async function proven(variables: Record<string, string>) {
  const { dependencies } = discover(variables);
  const circumstances = { service: "vecpipe", variables, redact: (text: string) => text, timeoutSeconds: 5 };
  const { signal } = new AbortController();
  const outcomes = dependencies.map((each) => proveOnce(each, { ...circumstances, signal }));
  return (await Promise.all(outcomes)).map(({ ok, detail }) => ({ ok, detail }));
}

describe("hf download", () => {
  it("[K4] brings a model from a hub into the layout of its cache, with the token that the hub asks for", async () => {
    const { endpoint, asked } = await hub();
    expect(await bring({ HF_ENDPOINT: endpoint, HF_TOKEN: "hf_secret" })).toBe(0);
    expect(inCache("refs/main")).toBe(COMMIT);
    expect(inCache(`snapshots/${COMMIT}/model.safetensors`)).toBe(WEIGHTS);
    expect(inCache(`snapshots/${COMMIT}/1_Pooling/config.json`)).toBe("{}");
    expect(readdirSync(path.join(home, CACHED, "blobs")).toSorted()).toEqual(
      [WEIGHTS_SHA256, CONFIG_BLOB].toSorted(),
    );
    expect(asked.every((request) => request.endsWith(" Bearer hf_secret"))).toBe(true);
    expect(log.join("\n")).not.toContain("hf_secret");
  });

  it("[K4] fetches nothing again that is there", async () => {
    const { endpoint, asked } = await hub();
    await bring({ HF_ENDPOINT: endpoint });
    const before = asked.length;
    expect(await bring({ HF_ENDPOINT: endpoint })).toBe(0);
    expect(asked.slice(before)).toEqual([`/api/models/${MODEL}/revision/main?blobs=true`]);
  });

  it("[K4] keeps no file that is not what the hub says", async () => {
    const { endpoint } = await hub(WEIGHTS.replace("0", "1"));
    expect(await bring({ HF_ENDPOINT: endpoint })).toBe(1);
    expect(log.join("\n")).toContain(`and the hub says ${WEIGHTS_SHA256}`);
    expect(readdirSync(path.join(home, CACHED, "blobs"))).toEqual([]);
    expect(existsSync(path.join(home, CACHED, "refs", "main"))).toBe(false);
  });

  it("writes nothing outside the cache, whatever the hub lists", async () => {
    const { endpoint } = await hub(WEIGHTS, "../../../../escaped");
    expect(await bring({ HF_ENDPOINT: endpoint })).toBe(1);
    expect(log.join("\n")).toContain("no name of a file within a model");
  });

  it("says so when the hub has no such model", async () => {
    const { endpoint } = await hub();
    expect(await bring({ HF_ENDPOINT: endpoint }, ["download", "no/model", "--revision", "main"])).toBe(1);
    expect(log.join("\n")).toContain("GET /api/models/no/model/revision/main answered 404");
  });

  it("stands in for a model of the public hub, and says so in its log and in the cache", async () => {
    expect(await bring({ HF_ENDPOINT: "https://huggingface.co" })).toBe(0);
    expect(log.join("\n")).toContain(`This stands in for ${MODEL} at main`);
    expect(inCache("snapshots/stand-in/STAND-IN.txt")).toContain("runs no model");
    expect(inCache("refs/main")).toBe("stand-in");
  });

  it("refuses what it does not know", async () => {
    expect(await bring({}, ["upload", MODEL])).toBe(2);
    expect(await bring({}, ["download", MODEL, "--porte", "8000"])).toBe(2);
  });
});

describe("the folders of Semantik", () => {
  const offline = { HF_HUB_OFFLINE: "true", DEFAULT_EMBEDDING_MODEL: MODEL };

  it("[K4] has the model proven to be there where no hub may be asked", async () => {
    await bring({});
    expect(await proven({ HF_HOME: home, ...offline })).toEqual([
      { ok: true, detail: `the model ${MODEL} is there; files: 1` },
    ]);
  });

  it("has a model without an owner proven to be there as one of Sentence Transformers'", async () => {
    await bring({}, ["download", "sentence-transformers/all-MiniLM-L6-v2", "--revision", "main"]);
    const told = { HF_HUB_OFFLINE: "true", EMBEDDING_MODEL: "all-MiniLM-L6-v2" };
    expect(await proven({ HF_HOME: home, ...told })).toEqual([
      { ok: true, detail: "the model sentence-transformers/all-MiniLM-L6-v2 is there; files: 1" },
    ]);
  });

  it("[K4] is not ready without the model, unless a hub may be asked", async () => {
    expect(await proven({ HF_HOME: home, ...offline })).toEqual([
      { ok: false, detail: `the model ${MODEL} is not there, and no hub may be asked` },
    ]);
    expect(await proven({ HF_HOME: home })).toEqual([{ ok: true, detail: "0 entries listed" }]);
  });

  it("[K6] has documents proven to be there and not to be written", async () => {
    writeFileSync(path.join(home, "report.pdf"), "text");
    expect(await proven({ DOCUMENT_PATH: home })).toEqual([
      { ok: false, detail: "a file could be written, where none may be: mount the folder read-only" },
    ]);
    // Nobody can write there, not even root.
    const [outcome] = await proven({ DOCUMENT_PATH: "/proc/sys/kernel" });
    expect(outcome).toEqual({
      ok: true,
      detail: expect.stringMatching(/^\d+ entries listed, none can be written$/),
    });
  });
});

import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isHidden, type Reference, textOf } from "../../../components/model/reference.ts";
import { permissionsOf } from "../../../components/model/workload.ts";
import { externalOllama } from "../../../components/services/external-ollama.ts";
import { HttpService } from "../../../components/services/http-service.ts";
import type { OllamaModel } from "../../../components/services/ollama-model.ts";
import {
  Ollama,
  OLLAMA_RESOURCES,
  type OllamaArgs,
  ollamaRecipe,
} from "../../../components/services/ollama.ts";
import { Docker } from "../../../components/targets/docker/docker.ts";
import { deploy, type Registration } from "../../support/engine.ts";
import { settled } from "../../support/outputs.ts";
import { RecordingTarget } from "../../support/recording-target.ts";

const SHA256 = "0123456789abcdef".repeat(4);
const ARCHIVED = { name: "tiny", archive: { folder: "archives", path: "models/tiny.gguf", sha256: SHA256 } };
const DOWNLOADED = { name: "tiny", archive: { url: "https://example.com/tiny.gguf", sha256: SHA256 } };
const resources = { cpuRequest: 0.1, cpuLimit: 0.5, memoryRequestMiB: 64, memoryLimitMiB: 128 };

const text = async (reference: Reference) => (await settled(textOf(reference))).value;

/** What a server has a target do so that it knows a model. */
async function jobOf(model: OllamaModel, args: Partial<OllamaArgs> = {}) {
  const target = new RecordingTarget(["archives"]);
  await deploy(() => void new Ollama("ollama", { target, ...args }).model(model));
  const [[name, job] = []] = Object.entries(target.jobs);
  return { name, job: job!, waysTo: permissionsOf(job!).map(({ endpoint }) => endpoint.host) };
}

describe("the Ollama server", () => {
  it("fits a small host: one model, one request, a short context, whose cache takes eight bits", () => {
    expect(ollamaRecipe().env).toMatchObject({
      OLLAMA_NUM_PARALLEL: 1,
      OLLAMA_MAX_LOADED_MODELS: 1,
      OLLAMA_CONTEXT_LENGTH: 4096,
      OLLAMA_FLASH_ATTENTION: 1,
      OLLAMA_KV_CACHE_TYPE: "q8_0",
    });
    expect(ollamaRecipe().resources.memoryLimitMiB).toBe(6144);
  });

  it("loads as many models at a time as its memory limit holds, one at least", () => {
    fc.assert(
      fc.property(fc.integer({ min: 512, max: 262144 }), (memoryLimitMiB) => {
        const { env } = ollamaRecipe({ resources: { ...OLLAMA_RESOURCES, memoryLimitMiB } });
        const models = Number(env!["OLLAMA_MAX_LOADED_MODELS"]);
        expect(models).toBeGreaterThanOrEqual(1);
        expect(models === 1 || models * 6144 <= memoryLimitMiB).toBe(true);
        expect((models + 1) * 6144).toBeGreaterThan(memoryLimitMiB);
      }),
    );
  });

  it("[G7] keeps all that it keeps on its volume, as a user who is not root", () => {
    const { env, volumes, user } = ollamaRecipe({ storageGiB: 7 });
    const { models } = volumes!;
    expect(models).toEqual({ path: "/var/lib/ollama", sizeGiB: 7 });
    expect(env).toMatchObject({ HOME: models!.path, OLLAMA_MODELS: `${models!.path}/models` });
    expect(user.uid).toBeGreaterThan(0);
  });

  it("[G5] reaches nobody, unless it is to pull models, and asks no model of other people's computers", () => {
    expect(permissionsOf(ollamaRecipe())).toEqual([]);
    expect(permissionsOf(ollamaRecipe({ pulls: true }))).toMatchObject([
      { endpoint: { host: "registry.ollama.ai", outside: true } },
    ]);
    expect(ollamaRecipe({ pulls: true }).env).toMatchObject({ OLLAMA_NO_CLOUD: 1 });
  });
});

describe("the job that has an Ollama server know a model", () => {
  it("[M3] holds back whoever refers to the server by the model, and nobody else", async () => {
    const all = await deploy(() => {
      const target = new Docker("t", { folders: { archives: "/srv/archives" } });
      const ollama = new Ollama("ollama", { target });
      const http = { target, image: "web:1", command: ["serve"], port: 8000, ready: "/health", resources };
      new HttpService("api", { ...http, env: { OLLAMA_URL: ollama.model(ARCHIVED).url } });
      new HttpService("board", { ...http, env: { OLLAMA_URL: ollama.url } });
    });
    const container = (name: string): Registration =>
      all.find((each) => each.type === "docker:index/container:Container" && each.name === name)!;
    const job = container("t-ollama-tiny-model");
    expect(job.dependencies).toContain(container("t-ollama").urn);
    expect(container("t-api").dependencies).toContain(job.urn);
    expect(container("t-board").dependencies).not.toContain(job.urn);
    // Two hours, and a minute for the container.
    expect(job.createTimeout).toBe("7260s");
    expect(job.inputs["mounts"]).toContainEqual(
      expect.objectContaining({ source: "/srv/archives", target: "/archives", readOnly: true }),
    );
  });

  it("[G5] reaches the server alone, or where it downloads the archive as well", async () => {
    expect((await jobOf(ARCHIVED)).waysTo).toEqual(["ollama"]);
    expect((await jobOf({ name: "gemma2:2b" }, { pulls: true })).waysTo).toEqual(["ollama"]);
    expect((await jobOf(DOWNLOADED)).waysTo).toEqual(["ollama", "example.com"]);
  });

  it("is told the model and its checksum by variables, and has nothing to write to but scratch", async () => {
    const { job } = await jobOf(ARCHIVED);
    expect(job.env).toMatchObject({
      MODEL: "tiny",
      SHA256,
      ARCHIVE: "/archives/models/tiny.gguf",
    });
    expect(await text(job.env!["SERVER"] as Reference)).toBe("http://ollama:11434");
    expect(job.folders).toEqual({ archives: "/archives" });
    expect(Object.keys(job)).not.toContain("writableRoot");
    expect(job.user.uid).toBeGreaterThan(0);
  });

  it.each([
    ["gemma2:2b", "ollama-gemma2-2b-model", String.raw`"name":"gemma2:2b"[^{}]*"digest":"`],
    ["llama3.2", "ollama-llama3-2-model", String.raw`"name":"llama3\.2:latest"[^{}]*"digest":"`],
    ["library/phi3", "ollama-phi3-model", String.raw`"name":"phi3:latest"[^{}]*"digest":"`],
    [
      "hf.co/someone/Tiny-1.5B-GGUF:Q4_K_M",
      "ollama-tiny-1-5b-gguf-q4-k-m-model",
      String.raw`"name":"hf\.co/someone/Tiny-1\.5B-GGUF:Q4_K_M"[^{}]*"digest":"`,
    ],
  ])("of %s is named %s, and finds it in the server's list", async (name, expected, listed) => {
    const { name: found, job } = await jobOf({ name }, { pulls: true });
    expect(found).toBe(expected);
    expect(job.env!["LISTED"]).toBe(listed);
    const { job: pinned } = await jobOf({ name, digest: SHA256 }, { pulls: true });
    expect(pinned.env!["LISTED"]).toBe(`${listed}${SHA256}`);
  });

  it.each<[OllamaModel, string]>([
    [
      { name: "gemma2:2b" },
      `model "gemma2:2b" is to be pulled, and "ollama" may not leave the private networks`,
    ],
    [{ name: 'x","stream":true' }, "is no name of a model; write it as in"],
    [{ name: "" }, '"" is no name of a model'],
    [{ name: "gemma2:2b", digest: "sha256:0123" }, '"sha256:0123" of model "gemma2:2b" is no SHA-256'],
    [{ ...ARCHIVED, archive: { ...ARCHIVED.archive, sha256: "" } }, '"" of model "tiny" is no SHA-256'],
  ])("is refused for %j", async (model, message) => {
    await expect(jobOf(model)).rejects.toThrow(message);
  });
});

describe("an Ollama server that somebody else runs", () => {
  it("is told by its URL and in parts, with the way out to it", async () => {
    const { url, host, port } = externalOllama({ url: "https://models.example.com/ollama/" });
    expect(await Promise.all([url, host, port].map(text))).toEqual([
      "https://models.example.com:443/ollama",
      "models.example.com",
      "443",
    ]);
    expect(isHidden(url)).toBe(false);
    for (const { grants } of [url, host, port])
      expect(grants[0]).toMatchObject({ endpoint: { host: "models.example.com", outside: true } });
  });

  it("is refused where its URL can't be one", () => {
    expect(() => externalOllama({ url: "models.example.com:11434" })).toThrow(
      'the URL of a server can\'t be read; write it as in "https://server.example.com"',
    );
  });
});

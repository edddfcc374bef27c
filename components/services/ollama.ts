import * as pulumi from "@pulumi/pulumi";
import { images } from "../images.ts";
import { type Endpoint, ref, Reference } from "../model/reference.ts";
import type { Target } from "../model/target.ts";
import type { Resources, Workload } from "../model/workload.ts";
import { jobName, modelJob, type OllamaModel, problemOf } from "./ollama-model.ts";

/** Arguments of {@link Ollama}. */
export interface OllamaArgs {
  readonly target: Target;
  /** @defaultValue the catalogue's */
  readonly image?: string;
  /**
   * Memory has to hold each loaded model, and its context for each request that is answered at the same time.
   *
   * @defaultValue {@link OLLAMA_RESOURCES}
   */
  readonly resources?: Resources;
  /**
   * Room for models, in GiB; raised later at will, never lowered.
   *
   * @defaultValue 30
   */
  readonly storageGiB?: number;
  /**
   * Whether models are pulled by their name. The server does that itself, so that it gets a way out of the private networks.
   *
   * @defaultValue false: models come from archives, and the server reaches nobody
   */
  readonly pulls?: boolean;
  /**
   * Tokens that a model looks back on, unless a request says otherwise.
   *
   * @defaultValue 4096
   */
  readonly contextLength?: number;
  /**
   * Requests that one model answers at the same time, each with a context of its own.
   *
   * @defaultValue 1
   */
  readonly parallel?: number;
  /**
   * Models that are loaded at the same time.
   *
   * @defaultValue one for every 6 GiB of the memory limit, 1 at least
   */
  readonly loadedModels?: number;
  /**
   * Time that a model stays loaded after a request, in minutes.
   *
   * @defaultValue 30
   */
  readonly keepAliveMinutes?: number;
}

/** An Ollama server, whoever runs it. */
export interface OllamaServer {
  /** Address of the HTTP API, without a trailing slash. */
  readonly url: Reference;
  readonly host: Reference;
  readonly port: Reference;
}

/** Enough for a model of up to 4 thousand million parameters in four bits, on processors alone. */
export const OLLAMA_RESOURCES: Resources = {
  cpuRequest: 1,
  cpuLimit: 4,
  memoryRequestMiB: 5120,
  memoryLimitMiB: 6144,
};

/** An Ollama server. It knows no passwords of its own, so the private network alone keeps others out. */
export class Ollama extends pulumi.ComponentResource implements OllamaServer {
  /** Address of the HTTP API, without a trailing slash. */
  readonly url: Reference;
  readonly host: Reference;
  readonly port: Reference;
  readonly #name: string;
  readonly #target: Target;
  readonly #pulls: boolean;
  readonly #endpoint: Endpoint;

  constructor(name: string, args: OllamaArgs, opts?: pulumi.ComponentResourceOptions) {
    super("keelson:services:Ollama", name, {}, opts);
    const { target, ...settings } = args;
    this.#name = name;
    this.#target = target;
    this.#pulls = settings.pulls ?? false;
    this.#endpoint = target.run(name, () => ollamaRecipe(settings), { parent: this });
    ({ url: this.url, host: this.host, port: this.port } = describe(this.#endpoint));
    this.registerOutputs({});
  }

  /**
   * Has the server know a model, by a job. Whoever refers to the server by what this returns waits until the model is there.
   *
   * @throws ResourceError if its name or digest can't be one, or it is to be pulled by a server that may not leave the
   * private networks; InputPropertiesError if the URL of its archive can't be read
   */
  model(model: OllamaModel): OllamaServer {
    const problem = problemOf(model) ?? this.#pullProblem(model);
    if (problem) throw new pulumi.ResourceError(problem, this, true);
    const job = modelJob(model, this.url);
    const { done } = this.#target.complete(jobName(this.#name, model), job, { parent: this });
    return describe({ ...this.#endpoint, ready: [done] });
  }

  #pullProblem(model: OllamaModel): string | undefined {
    if ("archive" in model || this.#pulls) return undefined;
    const advice = "set pulls: true, or give the model as an archive";
    return `model "${model.name}" is to be pulled, and "${this.#name}" may not leave the private networks; ${advice}`;
  }
}

/** A server as its client is told of it. */
function describe(endpoint: Endpoint): OllamaServer {
  return {
    url: ref`http://${Reference.to(endpoint, "http")}`,
    host: Reference.host(endpoint, "http"),
    port: Reference.port(endpoint, "http"),
  };
}

/** Where the server keeps all that it keeps. */
const HOME = "/var/lib/ollama";

/** The server: one copy, since its store is a folder that one process may open. */
export function ollamaRecipe({
  image = images.ollama,
  resources = OLLAMA_RESOURCES,
  storageGiB = 30,
  pulls = false,
  contextLength = 4096,
  parallel = 1,
  loadedModels = Math.max(1, Math.floor(resources.memoryLimitMiB / 6144)),
  keepAliveMinutes = 30,
}: Omit<OllamaArgs, "target"> = {}): Workload {
  return {
    image,
    command: ["ollama", "serve"],
    env: {
      HOME,
      OLLAMA_MODELS: `${HOME}/models`,
      OLLAMA_HOST: "0.0.0.0:11434",
      OLLAMA_KEEP_ALIVE: `${keepAliveMinutes}m`,
      OLLAMA_NUM_PARALLEL: parallel,
      OLLAMA_MAX_LOADED_MODELS: loadedModels,
      OLLAMA_CONTEXT_LENGTH: contextLength,
      // Without it, the cache of a context can't be held in eight bits, which halves it.
      OLLAMA_FLASH_ATTENTION: 1,
      OLLAMA_KV_CACHE_TYPE: "q8_0",
      // Models whose name ends in "-cloud" would be answered by ollama.com.
      OLLAMA_NO_CLOUD: 1,
      // Not read by the server, whose registry a model's name tells: the way out that pulling needs.
      ...(pulls && { OLLAMA_REGISTRY: Reference.outside("https://registry.ollama.ai") }),
    },
    // An answer may be generated for minutes before its first word.
    ports: { http: { number: 11434, protocol: "http", idleSeconds: 3600 } },
    volumes: { models: { path: HOME, sizeGiB: storageGiB } },
    scratch: ["/tmp"],
    probes: {
      // All processors may be busy with an answer.
      readiness: { check: { kind: "http", port: "http", path: "/api/tags" }, timeoutSeconds: 15 },
      // Says that it runs, and looks at nothing.
      liveness: { check: { kind: "http", port: "http", path: "/" }, timeoutSeconds: 15, failures: 6 },
    },
    resources,
    // The image's own is root; the volume is given to this one.
    user: { uid: 1000, gid: 1000 },
  };
}

import * as pulumi from "@pulumi/pulumi";
import { type Demand, demandOf, folderDemand } from "../model/capacity.ts";
import type { SharedVolume } from "../model/shared-volume.ts";
import { Gateway } from "../services/gateway.ts";
import { HttpService } from "../services/http-service.ts";
import { HF_HOME, HuggingFaceModel } from "../services/hugging-face-model.ts";
import type { Login } from "./login.ts";
import { observabilityOf, type Telemetry, type Watching } from "./observability.ts";
import type { SkillsArgs } from "./skills-args.ts";
import { checkSkills } from "./skills-checks.ts";
import { fields } from "./skills-index.ts";
import { type Keys, mcpKeys } from "./skills-keys.ts";
import {
  addresses,
  BACKEND_SCALING,
  commands,
  DEFAULT_EMBEDDING,
  DEFAULT_MODEL,
  MODEL_ROOM_GIB,
  MODEL_START_SECONDS,
  type SkillsService,
  sizes,
  STREAM_IDLE_SECONDS,
} from "./skills-services.ts";
import { type Chosen, skillClient, type Stores, storesOf } from "./skills-stores.ts";
import { backendVariables, commonVariables, dashboardVariables } from "./skills-variables.ts";

/**
 * The Skill manager: a backend that agents fetch skills from by MCP, a dashboard in which people write them, the index that
 * they are found in by their meaning, and a language model.
 */
export class Skills extends pulumi.ComponentResource {
  /** Where browsers and agents reach the platform, without a trailing slash. */
  readonly url: string;
  /** Addresses that answer 200 while the platform is well, by service. */
  readonly health: Readonly<Record<string, string>>;
  /** Who may come in: agents, whose password is the current key of MCP, and somebody at Grafana, where the platform is observed. */
  readonly logins: Readonly<{ mcp: Login; grafana?: Login }>;

  readonly #args: Chosen;

  /** @throws InputPropertiesError with all that is wrong with the arguments, before anything is made */
  constructor(name: string, args: SkillsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("keelson:platforms:Skills", name, {}, opts);
    checkSkills(args);
    this.#args = chosen(args);
    const { target, host } = this.#args;
    const observability = observabilityOf(this.#args.observability, {
      target,
      host,
      logIndex: LOG_INDEX,
      hasSearch: true,
    });
    const stores = observability.stores(storesOf(this.#args));
    target.admit({ ...this.#plan(stores.demands), ...observability.demands });
    this.url = target.urlOf(host);

    const keys = mcpKeys(this.#args.mcpApiKeys, this);
    const made = stores.make(this);
    const telemetry = observability.telemetry(this, made.search);
    const backend = this.#backend(made, keys, telemetry);
    const dashboard = this.#dashboard(backend, telemetry);
    const { routes, health, logins } = observability.watch(this);
    this.#gateway(backend, dashboard, routes);
    this.logins = { mcp: this.#keep(keys), ...logins };
    this.health = {
      dashboard: `${this.url}${addresses.dashboard.ready}`,
      backend: `${this.url}/api${addresses.backend.ready}`,
      ...health,
    };
    this.registerOutputs({});
  }

  /** What the whole platform asks to be promised, each service at its most copies. */
  #plan(ofStores: Readonly<Record<string, Demand>>): Readonly<Record<string, Demand>> {
    return {
      ...ofStores,
      models: folderDemand(MODEL_ROOM_GIB),
      backend: demandOf({ resources: this.#resources("backend"), scaling: BACKEND_SCALING }),
      dashboard: demandOf({ resources: this.#resources("dashboard") }),
    };
  }

  #resources(name: SkillsService) {
    const { storageGiB: _, ...resources } = this.#args.sizes[name];
    return resources;
  }

  /** What agents are to be given, for those who run the platform. */
  #keep({ current }: Keys): Login {
    this.#args.target.keepSecret("skills-mcp", { "api-key": current }, { parent: this });
    return { user: "agents", password: pulumi.secret(current.value) };
  }

  /** Brings the embedding model to where the backend reads it. */
  #embeddingModel(cache: SharedVolume): HuggingFaceModel {
    const { target, images, publicImages, embedding, commands: programs } = this.#args;
    const { model, revision, source } = embedding;
    const { curl } = publicImages;
    const args = {
      target,
      image: images.backend,
      cache,
      model: onHub(model),
      ...(revision !== undefined && { revision }),
      ...(source && { source }),
      command: programs.download,
      ...(curl !== undefined && { toolsImage: curl }),
    };
    return new HuggingFaceModel("embedding-model", args, { parent: this });
  }

  #backend({ search, models: server }: Stores, keys: Keys, telemetry: Telemetry): HttpService {
    const { target, images, environment, embedding, model, commands: programs } = this.#args;
    const cache = target.share("models", { sizeGiB: MODEL_ROOM_GIB, user: USER }, { parent: this });
    const service = {
      target,
      image: images.backend,
      command: programs.backend,
      ...addresses.backend,
      env: {
        ...commonVariables(environment),
        ...backendVariables(
          skillClient(search, this.#args),
          embedding.model,
          { server, model: model.name },
          keys.all,
        ),
        ...telemetry.variablesOf("backend"),
      },
      shared: { models: { volume: cache, path: HF_HOME } },
      after: [this.#embeddingModel(cache)],
      resources: this.#resources("backend"),
      user: USER,
      scaling: BACKEND_SCALING,
      metrics: "/metrics",
      // An MCP session is in the memory of the copy that began it, and answers come as streams.
      sticky: true,
      idleSeconds: STREAM_IDLE_SECONDS,
      startupSeconds: MODEL_START_SECONDS,
      stopSeconds: 60,
    };
    return new HttpService("backend", service, { parent: this });
  }

  #dashboard(backend: HttpService, telemetry: Telemetry): HttpService {
    const { target, host, images, environment, commands: programs } = this.#args;
    const service = {
      target,
      image: images.dashboard,
      command: programs.dashboard,
      ...addresses.dashboard,
      env: {
        ...commonVariables(environment),
        ...dashboardVariables(backend, host),
        ...telemetry.variablesOf("dashboard"),
      },
      resources: this.#resources("dashboard"),
      // A page lives in the memory of the copy that it has a WebSocket to.
      websocket: true,
      sticky: true,
      idleSeconds: STREAM_IDLE_SECONDS,
    };
    return new HttpService("dashboard", service, { parent: this });
  }

  #gateway(
    { http: backend }: HttpService,
    { http: dashboard }: HttpService,
    others: Watching["routes"],
  ): Gateway {
    const { target, host } = this.#args;
    const api = { to: backend, stripPrefix: true };
    const routes = { ...others, "/": dashboard, "/api": api, "/mcp": backend };
    return new Gateway("proxy", { target, host, routes }, { parent: this });
  }
}

/** What the names of indices for logs begin with. */
const LOG_INDEX = "skills-logs";

/** Whom the applications' images run as, and whose the model is. */
const USER = { uid: 1000, gid: 1000 };

/** A model as the hub has it: what has no owner is one of the library that runs it, which looks there too. */
function onHub(model: string): string {
  return model.includes("/") ? model : `sentence-transformers/${model}`;
}

const DEFAULTS = {
  publicImages: {},
  environment: "production",
  external: {},
  model: DEFAULT_MODEL,
  gpus: 0,
  fields,
  observability: false,
} as const satisfies Partial<SkillsArgs>;

/** Arguments with all that they leave out. */
function chosen({
  sizes: given = {},
  elasticsearch = {},
  embedding,
  commands: own,
  ...args
}: SkillsArgs): Chosen {
  const { copies = 1, mapped = copies === 1 } = elasticsearch;
  const sized = Object.entries(sizes).map(([name, size]) => [
    name,
    { ...size, ...given[name as SkillsService] },
  ]);
  return {
    ...DEFAULTS,
    ...args,
    elasticsearch: { copies, mapped },
    embedding: { ...DEFAULT_EMBEDDING, ...embedding },
    commands: { ...commands, ...own },
    sizes: Object.fromEntries(sized) as Chosen["sizes"],
  };
}

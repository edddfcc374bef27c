import * as pulumi from "@pulumi/pulumi";
import { type Demand, demandOf, folderDemand } from "../model/capacity.ts";
import { Reference } from "../model/reference.ts";
import type { SharedVolume } from "../model/shared-volume.ts";
import type { Step } from "../model/target.ts";
import { hexKey } from "../secrets/password.ts";
import { CeleryWorker } from "../services/celery-worker.ts";
import type { Database } from "../services/database.ts";
import { Flower, FLOWER_RESOURCES } from "../services/flower.ts";
import { Gateway } from "../services/gateway.ts";
import { HttpService } from "../services/http-service.ts";
import { HF_HOME } from "../services/hugging-face-model.ts";
import type { RedisServer } from "../services/redis.ts";
import type { Login } from "./login.ts";
import { observabilityOf, type Telemetry } from "./observability.ts";
import type { SemantikArgs } from "./semantik-args.ts";
import { refuseMistakes } from "./semantik-checks.ts";
import { complete, type SemantikSettings } from "./semantik-defaults.ts";
import { embeddingModel, makeSuperuser, migrations } from "./semantik-jobs.ts";
import { judged, secretRules } from "./semantik-secrets.ts";
import {
  addresses,
  APPLICATION_USER,
  BUSY,
  CAPABILITIES,
  DOCUMENTS,
  HEALTH,
  IDLE_SECONDS,
  MODEL_START_SECONDS,
  PATHS,
  resourcesOf,
  type ServiceName,
  waitingTasks,
} from "./semantik-services.ts";
import { commonVariables, databaseSettings, vecpipeVariables } from "./semantik-settings.ts";
import { storesOf } from "./semantik-stores.ts";
import { qdrantVariables, type Variables } from "./store-settings.ts";
import { imageOf } from "./stores.ts";

/** What the names of indices for logs begin with. */
const LOG_INDEX = "semantik-logs";

/** What the applications are made on. */
interface Basis {
  readonly database: Database;
  readonly redis: RedisServer;
  readonly jwtKey: Reference;
  readonly folders: Readonly<Record<"models" | "data", SharedVolume>>;
  readonly telemetry: Telemetry;
  /** The model is there, and the schema is the newest. */
  readonly after: readonly Step[];
}

/**
 * The Semantik platform: a web application that searches documents by their meaning, the service that computes and finds
 * vectors, a worker that reads the documents, and what they keep their data in.
 */
export class Semantik extends pulumi.ComponentResource {
  /** Where browsers reach the platform, without a trailing slash. */
  readonly url: string;
  /** Addresses that answer 200 while the platform is well, by service. */
  readonly health: Readonly<Record<string, string>>;
  /** Who may log in: the superuser at the platform, and somebody at Flower and at Grafana, where they run. */
  readonly logins: Readonly<{ superuser: Login; flower?: Login; grafana?: Login }>;

  readonly #settings: SemantikSettings;

  /** @throws InputPropertiesError with every mistake in the arguments, before anything is made */
  constructor(name: string, args: SemantikArgs, opts?: pulumi.ComponentResourceOptions) {
    super("keelson:platforms:Semantik", name, {}, opts);
    refuseMistakes(args);
    this.#settings = complete(args);
    const { target, host, worker, flower } = this.#settings;
    const observability = observabilityOf(this.#settings.observability, {
      target,
      host,
      logIndex: LOG_INDEX,
    });
    const stores = observability.stores(storesOf(this.#settings));
    target.admit({ ...this.#plan(stores.demands), ...observability.demands });
    this.url = target.urlOf(host);

    const { database, redis, qdrant } = stores.make(this);
    const telemetry = observability.telemetry(this);
    const folders = { models: this.#folder("models"), data: this.#folder("data") };
    const migrated = migrations(this.#settings, database, this);
    const after = [embeddingModel(this.#settings, folders.models, this), migrated];
    const basis = { database, redis, folders, after, telemetry, jwtKey: this.#jwtKey() };
    const vectors = qdrantVariables(qdrant);
    const webui = this.#webui(basis, this.#vecpipe(basis, vectors));
    if (worker) this.#worker(basis, vectors);
    const flowerLogin = flower && this.#flower(redis);
    const { routes, health, logins } = observability.watch(this);
    new Gateway("proxy", { target, host, routes: { ...routes, "/": webui.http } }, { parent: this });

    this.health = { webui: `${this.url}${addresses.webui.ready}`, ...health };
    this.logins = {
      superuser: makeSuperuser(this.#settings, database, migrated, this),
      ...(flowerLogin && { flower: flowerLogin }),
      ...logins,
    };
    this.registerOutputs({});
  }

  /** What the whole platform asks to be promised, each application at its most copies. */
  #plan(ofStores: Readonly<Record<string, Demand>>): Readonly<Record<string, Demand>> {
    const { worker, flower, storageGiB } = this.#settings;
    const application = (service: ServiceName) => ({ [service]: demandOf(this.#sizes(service)) });
    return {
      ...ofStores,
      models: folderDemand(storageGiB.models),
      data: folderDemand(storageGiB.data),
      ...application("vecpipe"),
      ...application("webui"),
      ...(worker && application("worker")),
      ...(flower && { flower: demandOf({ resources: FLOWER_RESOURCES }) }),
    };
  }

  #sizes(service: ServiceName, signals = BUSY) {
    const { gpus, scaling } = this.#settings;
    return { resources: resourcesOf(service, gpus), scaling: { ...scaling[service], signals } };
  }

  #folder(name: "models" | "data"): SharedVolume {
    const { target, storageGiB } = this.#settings;
    return target.share(name, { sizeGiB: storageGiB[name], user: APPLICATION_USER }, { parent: this });
  }

  #jwtKey(): Reference {
    const { jwtSecretKey: given } = this.#settings;
    if (given === undefined) return hexKey("jwt-secret", 32, this);
    return Reference.hidden(judged("jwtSecretKey", secretRules.jwtSecretKey, given));
  }

  /** What every application has. */
  #common(service: ServiceName, { database, folders, after, telemetry }: Basis) {
    const { target, images, environment, variables } = this.#settings;
    const { env, files } = databaseSettings(database);
    return {
      target,
      image: images[service],
      env: {
        ...commonVariables(environment, variables),
        ...env,
        SERVICE_NAME: service,
        ...telemetry.variablesOf(service),
      },
      files,
      shared: {
        models: { volume: folders.models, path: HF_HOME },
        data: { volume: folders.data, path: PATHS.data, writable: true },
      },
      // For programs that insist on files; what they print is what lasts.
      scratch: [PATHS.logs],
      after,
      user: APPLICATION_USER,
      capabilities: CAPABILITIES,
      health: HEALTH,
    };
  }

  /** Documents, where the target has them, for those that read them. */
  #documents() {
    return this.#settings.target.folders.has(DOCUMENTS)
      ? { folders: { [DOCUMENTS]: PATHS.documents }, told: { DOCUMENT_PATH: PATHS.documents } }
      : { folders: {}, told: {} };
  }

  #vecpipe(basis: Basis, vectors: Variables): HttpService {
    const common = this.#common("vecpipe", basis);
    const service = {
      ...common,
      ...addresses.vecpipe,
      ...this.#sizes("vecpipe"),
      command: this.#settings.commands.vecpipe,
      env: { ...common.env, ...vectors },
      startupSeconds: MODEL_START_SECONDS,
      metrics: "/metrics",
    };
    return new HttpService("vecpipe", service, { parent: this });
  }

  #webui(basis: Basis, vecpipe: HttpService): HttpService {
    const common = this.#common("webui", basis);
    const { folders, told } = this.#documents();
    const relations = {
      ...vecpipeVariables(vecpipe),
      REDIS_URL: basis.redis.url,
      JWT_SECRET_KEY: basis.jwtKey,
    };
    const service = {
      ...common,
      ...addresses.webui,
      ...this.#sizes("webui"),
      command: this.#settings.commands.webui,
      env: { ...common.env, ...relations, ...told },
      folders,
      startupSeconds: 120,
      websocket: true,
      idleSeconds: IDLE_SECONDS,
      metrics: "/metrics",
    };
    return new HttpService("webui", service, { parent: this });
  }

  #worker(basis: Basis, vectors: Variables): void {
    const { redis, jwtKey } = basis;
    const common = this.#common("worker", basis);
    const { folders, told } = this.#documents();
    const relations = {
      ...vectors,
      CELERY_BROKER_URL: redis.url,
      REDIS_URL: redis.url,
      // The Celery application is a part of the web application, which reads its settings.
      JWT_SECRET_KEY: jwtKey,
    };
    const service = {
      ...common,
      ...this.#sizes("worker", waitingTasks(redis)),
      app: "webui.celery_app",
      concurrency: this.#settings.variables.CELERY_CONCURRENCY,
      env: { ...common.env, ...relations, ...told },
      folders,
    };
    new CeleryWorker("worker", service, { parent: this });
  }

  #flower(broker: RedisServer): Login {
    const { target } = this.#settings;
    const image = imageOf("flower", this.#settings);
    const { user, password } = new Flower("flower", { target, broker, ...image }, { parent: this });
    target.keepSecret("semantik-flower", { username: user, password }, { parent: this });
    return { user, password: pulumi.secret(password.value) };
  }
}

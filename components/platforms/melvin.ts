import * as pulumi from "@pulumi/pulumi";
import { type Demand, demandOf, folderDemand } from "../model/capacity.ts";
import { Reference } from "../model/reference.ts";
import type { Step } from "../model/target.ts";
import type { SharedFolder } from "../model/workload.ts";
import { hexKey } from "../secrets/password.ts";
import { strongPassword } from "../secrets/strong-password.ts";
import { Gateway } from "../services/gateway.ts";
import { HttpService } from "../services/http-service.ts";
import { Job } from "../services/job.ts";
import { Worker } from "../services/worker.ts";
import type { Login } from "./login.ts";
import type { MelvinArgs } from "./melvin-args.ts";
import { acceptedPassword, checkMelvin, SCRYFALL_LIMIT } from "./melvin-checks.ts";
import {
  API_SCALING,
  commands,
  DEFAULT_MODEL,
  folders,
  INGESTION_LOG,
  type MelvinService,
  sizes,
  STREAM_IDLE_SECONDS,
} from "./melvin-services.ts";
import {
  apiVariables,
  commonVariables,
  externalVariables,
  modelVariables,
  scryfallVariables,
  type Settings,
  together,
} from "./melvin-settings.ts";
import { type Chosen, makeFolder, storesOf } from "./melvin-stores.ts";
import { observabilityOf } from "./observability.ts";
import { databaseSettings } from "./store-settings.ts";

/**
 * The Melvin platform: an api that answers questions about cards and serves its own pages, a worker that reads cards from
 * Scryfall, a language model, and what they keep their data in.
 */
export class Melvin extends pulumi.ComponentResource {
  /** Where browsers reach the platform, without a trailing slash. */
  readonly url: string;
  /** Addresses that answer 200 while the platform is well, by service. */
  readonly health: Readonly<Record<string, string>>;
  /** Who may log in: `admin`, who may approve others, and somebody at Grafana, where the platform is observed. */
  readonly logins: Readonly<{ admin: Login; grafana?: Login }>;

  readonly #args: Chosen;

  /** @throws InputPropertiesError with all that is wrong with the arguments, before anything is made */
  constructor(name: string, args: MelvinArgs, opts?: pulumi.ComponentResourceOptions) {
    super("keelson:platforms:Melvin", name, {}, opts);
    checkMelvin(args);
    this.#args = chosen(args);
    const { target, host, environment } = this.#args;
    const observability = observabilityOf(this.#args.observability, { target, host, logIndex: LOG_INDEX });
    const made = observability.stores(storesOf(this.#args));
    target.admit({ ...this.#plan(made.demands), ...observability.demands });
    this.url = target.urlOf(host);

    const { database, documents, vectors, models } = made.make(this);
    const telemetry = observability.telemetry(this);
    const base = together({ env: commonVariables(environment) }, databaseSettings(database));
    const migrated = this.#job("migrations", base, []);
    const audit = this.#audit();
    const { login, step: bootstrapped } = this.#administrator(together(base, audit), migrated);

    const stores = together(base, {
      env: { MONGODB_URL: documents, ...modelVariables(models, this.#args.model.name) },
    });
    const ingesting = together(stores, vectors.writers, this.#scryfall());
    const ingested = this.#ingest(together(ingesting, { env: telemetry.variablesOf("worker") }), [migrated]);
    const serving = this.#args.ingestion === "api" ? ingesting : together(stores, vectors.readers);
    const settings = together(serving, audit, { env: telemetry.variablesOf("api") });
    const api = this.#api(settings, [migrated, bootstrapped, ...ingested]);
    const { routes, health, logins } = observability.watch(this);
    new Gateway("proxy", { target, host, routes: { ...routes, "/": api.http } }, { parent: this });
    this.health = { api: `${this.url}/health`, ...health };
    this.logins = { admin: login, ...logins };
    this.registerOutputs({});
  }

  /** What the whole platform asks to be promised, each service at its most copies. */
  #plan(ofStores: Readonly<Record<string, Demand>>): Readonly<Record<string, Demand>> {
    const { ingestion } = this.#args;
    const api = demandOf({ resources: this.#resources("api"), scaling: API_SCALING });
    return {
      ...ofStores,
      audit: folderDemand(folders.audit.sizeGiB),
      cards: folderDemand(folders.cards.sizeGiB),
      api,
      ...(ingestion === "worker" && { worker: this.#args.sizes.worker }),
    };
  }

  #resources(name: MelvinService) {
    const { storageGiB: _, ...resources } = this.#args.sizes[name];
    return resources;
  }

  /** Runs a command of the api's image to its end. */
  #job(name: "migrations" | "admin" | "ingestion", settings: Settings, after: readonly Step[]): Job {
    const { target, images } = this.#args;
    const { env, files, shared } = together(settings, { env: { SERVICE_NAME: name } });
    const command = this.#args.commands[name] ?? commands[name];
    // Ingestion reads all cards there are, at Scryfall's pace.
    const long = name === "ingestion" && { resources: this.#resources("worker"), deadlineSeconds: 7200 };
    const args = { target, image: images.api, command, env, files, shared, after, ...long };
    return new Job(name, args, { parent: this });
  }

  /** Makes the first administrator, where there is none of that name. */
  #administrator(base: Settings, migrated: Step): { login: Login; step: Step } {
    const { admin, target } = this.#args;
    const { name: user = "admin", password } = admin;
    const secret =
      password === undefined
        ? strongPassword("admin-password", this)
        : Reference.hidden(pulumi.output(password).apply(acceptedPassword));
    target.keepSecret("melvin-admin", { username: user, password: secret }, { parent: this });
    const settings = together(base, { env: { ADMIN_USERNAME: user, ADMIN_PASSWORD: secret } });
    return {
      login: { user, password: pulumi.secret(secret.value) },
      step: this.#job("admin", settings, [migrated]),
    };
  }

  /** Where administrators' doings and failed logins are written down. */
  #audit(): Settings {
    const { path, sizeGiB } = folders.audit;
    // Shared, so that the new api may come before the old one is gone: no request fails for an update.
    const volume = makeFolder("audit", sizeGiB, this.#args.target, this);
    return { env: { AUDIT_LOG_PATH: path }, shared: { audit: { volume, path, writable: true } } };
  }

  #scryfall(): Settings {
    const { target, scryfall } = this.#args;
    const settings = { requestsPerSecond: SCRYFALL_LIMIT, cacheDirectory: CARDS, ...scryfall };
    const volume = makeFolder("cards", folders.cards.sizeGiB, target, this);
    const cards: SharedFolder = { volume, path: settings.cacheDirectory, writable: true };
    return { env: scryfallVariables(settings), shared: { cards } };
  }

  /** Fills the stores, unless the api does; what comes after it has to wait for a job only. */
  #ingest(settings: Settings, after: readonly Step[]): readonly Step[] {
    const { target, images, ingestion } = this.#args;
    if (ingestion === "job") return [this.#job("ingestion", settings, after)];
    if (ingestion === "api") return [];
    const { storageGiB, ...resources } = this.#args.sizes.worker;
    const env = { SERVICE_NAME: "worker", INGESTION_LOG_PATH: INGESTION_LOG };
    const worker = {
      target,
      image: images.worker,
      command: this.#args.commands.worker ?? commands.worker,
      check: this.#args.commands.workerCheck ?? commands.workerCheck,
      ...together(settings, { env }),
      after,
      resources,
      // A volume of its own: two workers at a time would do the same work, and ask Scryfall twice as often.
      volumes: { log: { path: INGESTION_LOG, sizeGiB: storageGiB } },
    };
    new Worker("worker", worker, { parent: this });
    return [];
  }

  #api(settings: Settings, after: readonly Step[]): HttpService {
    const { target, images, environment, apiPort: port, apis } = this.#args;
    const jwtSecret = hexKey("jwt-secret", 32, this);
    const variables = {
      ...apiVariables(environment, { origin: this.url, port, jwtSecret }),
      ...externalVariables(apis),
    };
    const application = {
      target,
      image: images.api,
      command: this.#args.commands.api ?? uvicorn(port),
      port,
      ready: "/health",
      metrics: "/metrics",
      ...together(settings, { env: variables }),
      after,
      resources: this.#resources("api"),
      idleSeconds: STREAM_IDLE_SECONDS,
      startupSeconds: 120,
      stopSeconds: 60,
      scaling: API_SCALING,
    };
    return new HttpService("api", application, { parent: this });
  }
}

/** What the names of indices for logs begin with. */
const LOG_INDEX = "melvin-logs";

/** Where cards are kept, unless a stack says otherwise. */
const CARDS = "/var/cache/melvin/scryfall";

function uvicorn(port: number): readonly string[] {
  return ["uvicorn", "app.main:app", "--host", "0.0.0.0", "--port", `${port}`];
}

const DEFAULTS = {
  publicImages: {},
  environment: "production",
  vectors: { kind: "qdrant" },
  external: {},
  databaseCopies: 1,
  ingestion: "worker",
  model: DEFAULT_MODEL,
  gpus: 0,
  admin: {},
  scryfall: {},
  apis: {},
  apiPort: 8000,
  commands: {},
  observability: false,
} as const satisfies Partial<MelvinArgs>;

/** Arguments with all that they leave out. */
function chosen({ sizes: given = {}, ...args }: MelvinArgs): Chosen {
  const sized = Object.entries(sizes).map(([name, size]) => [
    name,
    { ...size, ...given[name as MelvinService] },
  ]);
  return { ...DEFAULTS, ...args, sizes: Object.fromEntries(sized) as Chosen["sizes"] };
}

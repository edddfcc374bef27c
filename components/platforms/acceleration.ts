import * as pulumi from "@pulumi/pulumi";
import { type Demand, demandOf } from "../model/capacity.ts";
import type { Reference } from "../model/reference.ts";
import { hexKey } from "../secrets/password.ts";
import type { Database } from "../services/database.ts";
import { Gateway } from "../services/gateway.ts";
import { HttpService } from "../services/http-service.ts";
import { Job } from "../services/job.ts";
import type { AccelerationArgs } from "./acceleration-args.ts";
import { keepSecrets } from "./acceleration-secrets.ts";
import {
  databaseName,
  inOrder,
  scalingOf,
  type ServiceName,
  services,
  STREAM_IDLE_SECONDS,
  WEB_RESOURCES,
  WEB_SCALING,
} from "./acceleration-services.ts";
import { commonVariables, modelVariables } from "./acceleration-settings.ts";
import { storesOf } from "./acceleration-stores.ts";
import type { Login } from "./login.ts";
import { observabilityOf } from "./observability.ts";
import { databaseSettings, type Variables } from "./store-settings.ts";

/** The Agentic AI Acceleration platform: eight FastAPI services, a web application, and what they keep their data in. */
export class Acceleration extends pulumi.ComponentResource {
  /** Where browsers reach the platform, without a trailing slash. */
  readonly url: string;
  /** Addresses that answer 200 while the platform is well, by service. */
  readonly health: Readonly<Record<string, string>>;
  /** Who may log in: somebody at Grafana, where the platform is observed. */
  readonly logins: Readonly<{ grafana?: Login }>;

  readonly #args: Required<AccelerationArgs>;

  constructor(name: string, args: AccelerationArgs, opts?: pulumi.ComponentResourceOptions) {
    super("keelson:platforms:Acceleration", name, {}, opts);
    const { target, host } = args;
    this.#args = { ...DEFAULTS, ...args };
    if (this.#args.external.chroma && this.#args.external.pinecone) throw this.#twoVectorStores();
    const observability = observabilityOf(this.#args.observability, { target, host, logIndex: LOG_INDEX });
    const stores = observability.stores(storesOf(this.#args));
    target.admit({ ...this.#plan(stores.demands), ...observability.demands });
    this.url = target.urlOf(host);

    const { database, redis, vectors } = stores.make(this);
    const telemetry = observability.telemetry(this);
    const { environment, modelKeys } = this.#args;
    const jwtSecret = hexKey("jwt-secret", 32, this);
    const common = { ...commonVariables(environment, this.url, jwtSecret), REDIS_URL: redis.url };
    const owned = new Map(inOrder.map((service) => [service, database.database(databaseName(service))]));
    const running = new Map<ServiceName, HttpService>();
    for (const service of inOrder) {
      const { calls, vectors: searches } = services[service];
      const addresses = calls.map((callee) => [`${variableName(callee)}_URL`, running.get(callee)!.url]);
      const relations = { ...Object.fromEntries(addresses), ...(searches && vectors) };
      const variables = { ...common, ...relations, ...telemetry.variablesOf(service) };
      running.set(service, this.#service(service, variables, owned.get(service)!));
    }
    const web = this.#web(running.get("gateway")!, telemetry.variablesOf("web"));
    const { routes, health, logins } = observability.watch(this);
    this.#gateway(running, { ...routes, "/": web.http });
    keepSecrets({ database: owned.get("gateway")!, redis, jwtSecret, modelKeys }, target, this);
    this.health = {
      ...Object.fromEntries(inOrder.map((service) => [service, `${this.url}${pathOf(service)}/health`])),
      web: `${this.url}/`,
      ...health,
    };
    this.logins = logins;
    this.registerOutputs({});
  }

  #twoVectorStores(): pulumi.InputPropertiesError {
    const reason = "chroma and pinecone are both given; vectors are kept in one of them";
    return new pulumi.InputPropertiesError({
      message: reason,
      errors: [{ propertyPath: "external", reason }],
    });
  }

  /** What the whole platform asks to be promised, each service at its most copies. */
  #plan(ofStores: Readonly<Record<string, Demand>>): Readonly<Record<string, Demand>> {
    const demands = inOrder.map((service) => [
      service,
      demandOf({ ...services[service], scaling: scalingOf(service) }),
    ]);
    return {
      ...ofStores,
      ...Object.fromEntries(demands),
      web: demandOf({ resources: WEB_RESOURCES, scaling: WEB_SCALING }),
    };
  }

  #service(name: ServiceName, variables: Variables, database: Database): HttpService {
    const { target, images, modelKeys } = this.#args;
    const { port, resources, models } = services[name];
    const image = images[name];
    const { env, files } = databaseSettings(database);
    const migrated = new Job(
      `${name}-migrations`,
      { target, image, command: ["alembic", "upgrade", "head"], env: { ...env, SERVICE_NAME: name }, files },
      { parent: this },
    );
    return new HttpService(
      name,
      {
        target,
        image,
        command: ["uvicorn", "app.main:app", "--host", "0.0.0.0", "--port", `${port}`],
        port,
        ready: "/health",
        after: [migrated],
        env: { ...variables, ...env, ...(models && modelVariables(modelKeys)), SERVICE_NAME: name },
        files,
        resources,
        idleSeconds: STREAM_IDLE_SECONDS,
        metrics: "/metrics",
        scaling: scalingOf(name),
      },
      { parent: this },
    );
  }

  #web({ url }: HttpService, telemetry: Variables): HttpService {
    const { target, images, environment } = this.#args;
    return new HttpService(
      "web",
      {
        target,
        image: images.web,
        command: ["node", "server.js"],
        port: 3000,
        ready: "/",
        env: {
          NODE_ENV: environment === "development" ? "development" : "production",
          PORT: 3000,
          HOSTNAME: "0.0.0.0",
          GATEWAY_URL: url,
          NEXT_PUBLIC_API_URL: `${this.url}${pathOf("gateway")}`,
          SERVICE_NAME: "web",
          ...telemetry,
        },
        // Next.js renders pages into its cache.
        scratch: ["/app/.next/cache"],
        resources: WEB_RESOURCES,
        scaling: WEB_SCALING,
        user: { uid: 1001, gid: 1001 },
      },
      { parent: this },
    );
  }

  #gateway(
    running: ReadonlyMap<ServiceName, HttpService>,
    others: Readonly<Record<string, Reference>>,
  ): Gateway {
    const { target, host } = this.#args;
    const routes = [...running].map(([service, { http }]) => [
      pathOf(service),
      { to: http, stripPrefix: true },
    ]);
    return new Gateway(
      "proxy",
      { target, host, routes: { ...Object.fromEntries(routes), ...others } },
      { parent: this },
    );
  }
}

/** What the names of indices for logs begin with, as the platform's document has them. */
const LOG_INDEX = "lcnc-logs";

const DEFAULTS = {
  publicImages: {},
  environment: "production",
  external: {},
  databaseCopies: 1,
  modelKeys: {},
  databaseStorageGiB: 20,
  vectorStorageGiB: 20,
  observability: false,
} as const satisfies Partial<AccelerationArgs>;

function pathOf(service: ServiceName): string {
  return `/api/${services[service].path}`;
}

function variableName(service: ServiceName): string {
  return service.replaceAll("-", "_").toUpperCase();
}

import * as pulumi from "@pulumi/pulumi";
import { type Demand, demandOf } from "../model/capacity.ts";
import { Reference } from "../model/reference.ts";
import { type Authority, authority } from "../secrets/certificate.ts";
import { hexKey } from "../secrets/password.ts";
import { Chroma, CHROMA_RESOURCES } from "../services/chroma.ts";
import { Gateway } from "../services/gateway.ts";
import { HttpService } from "../services/http-service.ts";
import { Job } from "../services/job.ts";
import { Postgres, POSTGRES_RESOURCES } from "../services/postgres.ts";
import { Redis, REDIS_RESOURCES } from "../services/redis.ts";
import type { AccelerationArgs, Vectors } from "./acceleration-args.ts";
import {
  inOrder,
  type ServiceFacts,
  type ServiceName,
  services,
  WEB_RESOURCES,
} from "./acceleration-services.ts";
import {
  commonVariables,
  databaseSettings,
  modelVariables,
  type Variables,
} from "./acceleration-settings.ts";

/** Room for the queue that Redis writes down, in GiB. */
const QUEUE_STORAGE_GIB = 2;

/** The Agentic AI Acceleration platform: eight FastAPI services, a web application, and what they keep their data in. */
export class Acceleration extends pulumi.ComponentResource {
  /** Where browsers reach the platform, without a trailing slash. */
  readonly url: string;
  /** Addresses that answer 200 while the platform is well, by service. */
  readonly health: Readonly<Record<string, string>>;

  readonly #args: Required<AccelerationArgs>;

  constructor(name: string, args: AccelerationArgs, opts?: pulumi.ComponentResourceOptions) {
    super("keelson:platforms:Acceleration", name, {}, opts);
    const { target, host } = args;
    this.#args = { ...DEFAULTS, ...args };
    target.admit(this.#plan());
    this.url = target.urlOf(host);

    const signer = authority("authority", this);
    const postgres = this.#postgres(signer);
    const common = { ...this.#common(), REDIS_URL: this.#redis().url };
    const vectors = this.#vectors();
    const running = new Map<ServiceName, HttpService>();
    for (const service of inOrder) {
      const { calls, ...facts } = services[service];
      const addresses = calls.map((callee) => [`${variableName(callee)}_URL`, running.get(callee)!.url]);
      const variables = { ...common, ...Object.fromEntries(addresses), ...(facts.vectors && vectors) };
      running.set(service, this.#service(service, facts, variables, postgres, signer));
    }
    this.#gateway(running, this.#web(running.get("gateway")!));
    this.health = {
      ...Object.fromEntries(inOrder.map((service) => [service, `${this.url}${pathOf(service)}/health`])),
      web: `${this.url}/`,
    };
    this.registerOutputs({});
  }

  /** What the whole platform asks to be promised. */
  #plan(): Readonly<Record<string, Demand>> {
    const { vectors, databaseStorageGiB, vectorStorageGiB } = this.#args;
    const vectorDemands: Readonly<Record<Vectors["kind"], Readonly<Record<string, Demand>>>> = {
      chroma: { chroma: { ...CHROMA_RESOURCES, storageGiB: vectorStorageGiB } },
      pinecone: {},
    };
    return {
      postgres: { ...POSTGRES_RESOURCES, storageGiB: databaseStorageGiB },
      redis: { ...REDIS_RESOURCES, storageGiB: QUEUE_STORAGE_GIB },
      ...vectorDemands[vectors.kind],
      ...Object.fromEntries(inOrder.map((service) => [service, demandOf(services[service])])),
      web: WEB_RESOURCES,
    };
  }

  #postgres(signer: Authority): Postgres {
    const { target, publicImages, databaseStorageGiB: storageGiB } = this.#args;
    const image = publicImages.postgres;
    return new Postgres(
      "postgres",
      { target, storageGiB, authority: signer, ...(image && { image }) },
      { parent: this },
    );
  }

  #redis(): Redis {
    const { target, publicImages } = this.#args;
    const image = publicImages.redis;
    // The services queue work there, which must not be evicted.
    const settings = { evict: "never", storageGiB: QUEUE_STORAGE_GIB } as const;
    return new Redis("redis", { target, ...settings, ...(image && { image }) }, { parent: this });
  }

  #vectors(): Variables {
    const { target, publicImages, vectorStorageGiB: storageGiB, vectors } = this.#args;
    const makers: {
      readonly [Kind in Vectors["kind"]]: (of: Extract<Vectors, { kind: Kind }>) => Variables;
    } = {
      chroma: () => {
        const image = publicImages.chroma;
        const { url, host, port } = new Chroma(
          "chroma",
          { target, storageGiB, ...(image && { image }) },
          { parent: this },
        );
        return { CHROMA_URL: url, CHROMA_HOST: host, CHROMA_PORT: port };
      },
      pinecone: ({ indexUrl, apiKey }) => ({
        PINECONE_INDEX_HOST: Reference.outside(indexUrl),
        PINECONE_API_KEY: Reference.hidden(apiKey),
      }),
    };
    const make = makers[vectors.kind] as (of: Vectors) => Variables;
    return { VECTOR_STORE: vectors.kind, ...make(vectors) };
  }

  #common(): Variables {
    return commonVariables(this.#args.environment, this.url, hexKey("jwt-secret", 32, this));
  }

  #service(
    name: ServiceName,
    { port, resources, models, signals }: Omit<ServiceFacts, "calls">,
    variables: Variables,
    postgres: Postgres,
    signer: Authority,
  ): HttpService {
    const { target, images, modelKeys } = this.#args;
    const image = images[name];
    const { env, files } = databaseSettings(postgres.database(name.replaceAll("-", "_")), signer);
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
        metrics: "/metrics",
        scaling: { min: 2, max: 10, signals },
      },
      { parent: this },
    );
  }

  #web({ url }: HttpService): HttpService {
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
        },
        // Next.js renders pages into its cache.
        scratch: ["/app/.next/cache"],
        resources: WEB_RESOURCES,
        user: { uid: 1001, gid: 1001 },
      },
      { parent: this },
    );
  }

  #gateway(running: ReadonlyMap<ServiceName, HttpService>, web: HttpService): Gateway {
    const { target, host } = this.#args;
    const routes = [...running].map(([service, { http }]) => [
      pathOf(service),
      { to: http, stripPrefix: true },
    ]);
    return new Gateway(
      "proxy",
      { target, host, routes: { ...Object.fromEntries(routes), "/": web.http } },
      { parent: this },
    );
  }
}

const DEFAULTS = {
  publicImages: {},
  environment: "production",
  vectors: { kind: "chroma" },
  modelKeys: {},
  databaseStorageGiB: 20,
  vectorStorageGiB: 20,
} as const satisfies Partial<AccelerationArgs>;

function pathOf(service: ServiceName): string {
  return `/api/${services[service].path}`;
}

function variableName(service: ServiceName): string {
  return service.replaceAll("-", "_").toUpperCase();
}

import type { Resource } from "@pulumi/pulumi";
import type { Demand } from "../model/capacity.ts";
import { Reference } from "../model/reference.ts";
import { authority } from "../secrets/certificate.ts";
import { Chroma, CHROMA_RESOURCES } from "../services/chroma.ts";
import type { DatabaseServer } from "../services/database.ts";
import { externalChroma } from "../services/external-chroma.ts";
import { ExternalPostgres } from "../services/external-postgres.ts";
import { externalRedis } from "../services/external-redis.ts";
import { Postgres, POSTGRES_RESOURCES } from "../services/postgres.ts";
import { Redis, REDIS_RESOURCES, type RedisServer } from "../services/redis.ts";
import { ReplicatedPostgres } from "../services/replicated-postgres.ts";
import type { AccelerationArgs, ExternalDatabase, PineconeIndex } from "./acceleration-args.ts";
import { databaseName, type ServiceName } from "./acceleration-services.ts";
import { chromaVariables, type Variables } from "./store-settings.ts";

type Args = Required<AccelerationArgs>;

/** A store: what it asks to be promised, and how it is made, or the way to it where somebody else runs it. */
interface Store<Made> {
  readonly demands: Readonly<Record<string, Demand>>;
  readonly make: (parent: Resource) => Made;
}

/** Room for the queue that Redis writes down, in GiB. */
const QUEUE_STORAGE_GIB = 2;

/** The image of a public service, where it is not to be the catalogue's. */
const imageOf = (name: keyof Args["publicImages"], { publicImages }: Args) => {
  const image = publicImages[name];
  return image === undefined ? {} : { image };
};

function databaseStore(args: Args): Store<DatabaseServer> {
  const { target, external, databaseCopies: copies, databaseStorageGiB: storageGiB } = args;
  if (external.postgres) return externalDatabase(external.postgres, args);
  const demand = { ...POSTGRES_RESOURCES, storageGiB };
  const settings = (parent: Resource) => ({
    target,
    storageGiB,
    authority: authority("authority", parent),
    ...imageOf("postgres", args),
  });
  if (copies === 1)
    return {
      demands: { postgres: demand },
      make: (parent) => new Postgres("postgres", settings(parent), { parent }),
    };
  return {
    demands: { postgres: { ...demand, copies, program: "postgresql" } },
    make: (parent) => new ReplicatedPostgres("postgres", { ...settings(parent), copies }, { parent }),
  };
}

function externalDatabase(
  { databases: given = {}, ...server }: ExternalDatabase,
  args: Args,
): Store<DatabaseServer> {
  const named = Object.entries(given).map(([service, database]) => [
    databaseName(service as ServiceName),
    database,
  ]);
  const settings = { target: args.target, ...server, databases: Object.fromEntries(named) };
  return {
    demands: {},
    make: (parent) =>
      new ExternalPostgres("postgres", { ...settings, ...imageOf("postgres", args) }, { parent }),
  };
}

function queueStore(args: Args): Store<RedisServer> {
  const { target, external } = args;
  const { redis } = external;
  if (redis) return { demands: {}, make: () => externalRedis(redis) };
  // The services queue work there, which must not be evicted.
  const settings = { target, evict: "never", storageGiB: QUEUE_STORAGE_GIB } as const;
  return {
    demands: { redis: { ...REDIS_RESOURCES, storageGiB: QUEUE_STORAGE_GIB } },
    make: (parent) => new Redis("redis", { ...settings, ...imageOf("redis", args) }, { parent }),
  };
}

function vectorStore(args: Args): Store<Variables> {
  const { target, external, vectorStorageGiB: storageGiB } = args;
  const { chroma, pinecone } = external;
  if (chroma) return { demands: {}, make: () => chromaVariables(externalChroma(chroma)) };
  if (pinecone) return { demands: {}, make: () => pineconeVariables(pinecone) };
  const settings = { target, storageGiB, ...imageOf("chroma", args) };
  return {
    demands: { chroma: { ...CHROMA_RESOURCES, storageGiB } },
    make: (parent) => chromaVariables(new Chroma("chroma", settings, { parent })),
  };
}

function pineconeVariables({ indexUrl, apiKey }: PineconeIndex): Variables {
  return {
    VECTOR_STORE: "pinecone",
    PINECONE_INDEX_HOST: Reference.outside(indexUrl),
    PINECONE_API_KEY: Reference.hidden(apiKey),
  };
}

/** What the stores ask to be promised. */
export function storeDemands(args: Args): Readonly<Record<string, Demand>> {
  const stores = [databaseStore(args), queueStore(args), vectorStore(args)];
  return Object.assign({}, ...stores.map(({ demands }) => demands));
}

/** What the platform keeps its data in. */
export interface Stores {
  readonly database: DatabaseServer;
  readonly redis: RedisServer;
  /** What a service that searches vectors is told. */
  readonly vectors: Variables;
}

/** Makes the stores, or the ways to those that somebody else runs. */
export function makeStores(args: Args, parent: Resource): Stores {
  return {
    database: databaseStore(args).make(parent),
    redis: queueStore(args).make(parent),
    vectors: vectorStore(args).make(parent),
  };
}

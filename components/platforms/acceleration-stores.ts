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
import { POSTGRES_COPIES, ReplicatedPostgres } from "../services/replicated-postgres.ts";
import type { AccelerationArgs, DatabaseChoice, RedisChoice, VectorsChoice } from "./acceleration-args.ts";
import { databaseName, type ServiceName } from "./acceleration-services.ts";
import { chromaVariables, type Variables } from "./store-settings.ts";

type Args = Required<AccelerationArgs>;

/** One way to have a store: what it asks to be promised, and how it is made. */
interface Way<Choice, Store> {
  readonly demands: (choice: Choice, args: Args) => Readonly<Record<string, Demand>>;
  readonly make: (choice: Choice, args: Args, parent: Resource) => Store;
}

/** All ways to have a store, by their kinds. */
type Ways<Choice extends { readonly kind: string }, Store> = {
  readonly [Kind in Choice["kind"]]: Way<Extract<Choice, { kind: Kind }>, Store>;
};

/** Room for the queue that Redis writes down, in GiB. */
const QUEUE_STORAGE_GIB = 2;

const NOTHING = () => ({});

/** The image of a public service, where it is not to be the catalogue's. */
const imageOf = (name: keyof Args["publicImages"], { publicImages }: Args) => {
  const image = publicImages[name];
  return image === undefined ? {} : { image };
};

const databases: Ways<DatabaseChoice, DatabaseServer> = {
  own: {
    demands: (_, { databaseStorageGiB: storageGiB }) => ({ postgres: { ...POSTGRES_RESOURCES, storageGiB } }),
    make: (_, args, parent) => {
      const { target, databaseStorageGiB: storageGiB } = args;
      const settings = { target, storageGiB, authority: authority("authority", parent) };
      return new Postgres("postgres", { ...settings, ...imageOf("postgres", args) }, { parent });
    },
  },
  replicated: {
    demands: ({ copies = POSTGRES_COPIES }, { databaseStorageGiB: storageGiB }) => ({
      postgres: { ...POSTGRES_RESOURCES, storageGiB, copies, program: "postgresql" },
    }),
    make: ({ copies = POSTGRES_COPIES }, args, parent) => {
      const { target, databaseStorageGiB: storageGiB } = args;
      const settings = { target, storageGiB, copies, authority: authority("authority", parent) };
      return new ReplicatedPostgres("postgres", { ...settings, ...imageOf("postgres", args) }, { parent });
    },
  },
  external: {
    demands: NOTHING,
    make: ({ databases: given = {}, ...server }, args, parent) => {
      const named = Object.entries(given).map(([service, database]) => [
        databaseName(service as ServiceName),
        database,
      ]);
      const settings = { target: args.target, ...server, databases: Object.fromEntries(named) };
      return new ExternalPostgres("postgres", { ...settings, ...imageOf("postgres", args) }, { parent });
    },
  },
};

const queues: Ways<RedisChoice, RedisServer> = {
  own: {
    demands: () => ({ redis: { ...REDIS_RESOURCES, storageGiB: QUEUE_STORAGE_GIB } }),
    make: (_, args, parent) => {
      // The services queue work there, which must not be evicted.
      const settings = { target: args.target, evict: "never", storageGiB: QUEUE_STORAGE_GIB } as const;
      return new Redis("redis", { ...settings, ...imageOf("redis", args) }, { parent });
    },
  },
  external: { demands: NOTHING, make: (server) => externalRedis(server) },
};

const vectorStores: Ways<VectorsChoice, Variables> = {
  chroma: {
    demands: (_, { vectorStorageGiB: storageGiB }) => ({ chroma: { ...CHROMA_RESOURCES, storageGiB } }),
    make: (_, args, parent) => {
      const settings = { target: args.target, storageGiB: args.vectorStorageGiB };
      return chromaVariables(new Chroma("chroma", { ...settings, ...imageOf("chroma", args) }, { parent }));
    },
  },
  "external-chroma": { demands: NOTHING, make: (server) => chromaVariables(externalChroma(server)) },
  pinecone: {
    demands: NOTHING,
    make: ({ indexUrl, apiKey }) => ({
      VECTOR_STORE: "pinecone",
      PINECONE_INDEX_HOST: Reference.outside(indexUrl),
      PINECONE_API_KEY: Reference.hidden(apiKey),
    }),
  },
};

/** What the stores ask to be promised. */
export function storeDemands(args: Args): Readonly<Record<string, Demand>> {
  const { database, redis, vectors } = args;
  return {
    ...wayOf(databases, database).demands(database, args),
    ...wayOf(queues, redis).demands(redis, args),
    ...wayOf(vectorStores, vectors).demands(vectors, args),
  };
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
  const { database, redis, vectors } = args;
  return {
    database: wayOf(databases, database).make(database, args, parent),
    redis: wayOf(queues, redis).make(redis, args, parent),
    vectors: wayOf(vectorStores, vectors).make(vectors, args, parent),
  };
}

function wayOf<Choice extends { readonly kind: string }, Store>(
  ways: Ways<Choice, Store>,
  { kind }: Choice,
): Way<Choice, Store> {
  return ways[kind as Choice["kind"]] as Way<Choice, Store>;
}

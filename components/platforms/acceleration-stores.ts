import { Reference } from "../model/reference.ts";
import { Chroma, CHROMA_RESOURCES } from "../services/chroma.ts";
import type { DatabaseServer } from "../services/database.ts";
import { externalChroma } from "../services/external-chroma.ts";
import { externalRedis } from "../services/external-redis.ts";
import { Redis, REDIS_RESOURCES, type RedisServer } from "../services/redis.ts";
import type { AccelerationArgs, ExternalDatabase, PineconeIndex } from "./acceleration-args.ts";
import { databaseName, type ServiceName } from "./acceleration-services.ts";
import { chromaVariables, type Variables } from "./store-settings.ts";
import { withRedisExporter } from "./store-exporters.ts";
import { combined, databaseStore, imageOf, type Store } from "./stores.ts";

type Args = Required<AccelerationArgs>;

/** Room for the queue that Redis writes down, in GiB. */
const QUEUE_STORAGE_GIB = 2;

/** The server elsewhere, whose databases are given by the names of services. */
function named({ databases = {}, ...server }: ExternalDatabase) {
  const given = Object.entries(databases).map(([service, database]) => [
    databaseName(service as ServiceName),
    database,
  ]);
  return { ...server, databases: Object.fromEntries(given) };
}

function queueStore(args: Args): Store<RedisServer> {
  const { target, external } = args;
  const { redis } = external;
  if (redis) return { demands: {}, make: () => externalRedis(redis) };
  // The services queue work there, which must not be evicted.
  const settings = { target, evict: "never", storageGiB: QUEUE_STORAGE_GIB } as const;
  return withRedisExporter(target, {
    demands: { redis: { ...REDIS_RESOURCES, storageGiB: QUEUE_STORAGE_GIB } },
    make: (parent) => new Redis("redis", { ...settings, ...imageOf("redis", args) }, { parent }),
  });
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

/** What the platform keeps its data in. */
export interface Stores {
  readonly database: DatabaseServer;
  readonly redis: RedisServer;
  /** What a service that searches vectors is told. */
  readonly vectors: Variables;
}

/** The stores, of the platform's own or run by somebody else. */
export function storesOf(args: Args): Store<Stores> {
  const { target, external, databaseCopies: copies, databaseStorageGiB: storageGiB } = args;
  const postgres = external.postgres && named(external.postgres);
  return combined<Stores>({
    database: databaseStore({ target, external: postgres, copies, storageGiB, ...imageOf("postgres", args) }),
    redis: queueStore(args),
    vectors: vectorStore(args),
  });
}

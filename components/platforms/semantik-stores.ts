import type { Database, DatabaseServer } from "../services/database.ts";
import { externalQdrant } from "../services/external-qdrant.ts";
import { externalRedis } from "../services/external-redis.ts";
import { Qdrant, QDRANT_RESOURCES, type QdrantServer } from "../services/qdrant.ts";
import { Redis, REDIS_RESOURCES, type RedisServer } from "../services/redis.ts";
import type { SemantikArgs, SemantikExternal, SemantikStorage } from "./semantik-args.ts";
import { withRedisExporter } from "./store-exporters.ts";
import { combined, databaseStore, imageOf, type Store, using } from "./stores.ts";

/** What the stores are made of. */
export interface StoreArgs extends Required<
  Pick<SemantikArgs, "target" | "publicImages" | "databaseCopies" | "qdrantCopies">
> {
  readonly external: SemantikExternal;
  readonly storageGiB: SemantikStorage;
}

/** What the platform keeps its data in. */
export interface Stores {
  readonly database: Database;
  readonly redis: RedisServer;
  readonly qdrant: QdrantServer;
}

/** Name of the platform's database, and of the role that owns it. */
export const DATABASE = "semantik";

/** The stores, of the platform's own or run by somebody else. */
export function storesOf(args: StoreArgs): Store<Stores> {
  return combined<Stores>({
    database: using(postgresStore(args), (server) => server.database(DATABASE)),
    redis: redisStore(args),
    qdrant: qdrantStore(args),
  });
}

/** The setting by which a store can run elsewhere. */
const elsewhere = (setting: string) => `keelson:external: { ${setting} }`;

function postgresStore(args: StoreArgs): Store<DatabaseServer> {
  const { target, external, storageGiB, databaseCopies: copies } = args;
  return databaseStore({
    target,
    external: external.postgres,
    copies,
    storageGiB: storageGiB.postgres,
    offload: elsewhere("postgres: { host, authority, admin }"),
    ...imageOf("postgres", args),
  });
}

function redisStore(args: StoreArgs): Store<RedisServer> {
  const { target, external, storageGiB: rooms } = args;
  const { redis } = external;
  if (redis) return { demands: {}, make: () => externalRedis(redis) };
  const storageGiB = rooms.redis;
  // Celery's queue: what it holds must not be evicted.
  const settings = { target, evict: "never", storageGiB, ...imageOf("redis", args) } as const;
  const offload = elsewhere("redis: { url, password }");
  return withRedisExporter(target, {
    demands: { redis: { ...REDIS_RESOURCES, storageGiB, offload } },
    make: (parent) => new Redis("redis", settings, { parent }),
  });
}

function qdrantStore(args: StoreArgs): Store<QdrantServer> {
  const { target, external, storageGiB: rooms, qdrantCopies: copies } = args;
  const { qdrant } = external;
  if (qdrant) return { demands: {}, make: () => externalQdrant(qdrant) };
  const storageGiB = rooms.qdrant;
  const settings = { target, storageGiB, copies, ...imageOf("qdrant", args) };
  const offload = elsewhere("qdrant: { url, apiKey }");
  return {
    demands: { qdrant: { ...QDRANT_RESOURCES, storageGiB, copies, offload } },
    make: (parent) => new Qdrant("qdrant", settings, { parent }),
  };
}

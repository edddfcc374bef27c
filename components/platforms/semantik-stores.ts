import type { Resource } from "@pulumi/pulumi";
import type { Demand } from "../model/capacity.ts";
import { authority } from "../secrets/certificate.ts";
import type { Database, DatabaseServer } from "../services/database.ts";
import { ExternalPostgres } from "../services/external-postgres.ts";
import { externalQdrant } from "../services/external-qdrant.ts";
import { externalRedis } from "../services/external-redis.ts";
import { Postgres, POSTGRES_RESOURCES } from "../services/postgres.ts";
import { Qdrant, QDRANT_RESOURCES, type QdrantServer } from "../services/qdrant.ts";
import { Redis, REDIS_RESOURCES, type RedisServer } from "../services/redis.ts";
import { ReplicatedPostgres } from "../services/replicated-postgres.ts";
import type { SemantikArgs, SemantikExternal, SemantikStorage } from "./semantik-args.ts";

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

/** What the stores ask to be promised, and the settings by which each can run elsewhere. */
export function storeDemands(args: StoreArgs): Readonly<Record<string, Demand>> {
  const { external, storageGiB, databaseCopies, qdrantCopies } = args;
  const elsewhere = (setting: string) => ({ offload: `keelson:external: { ${setting} }` });
  return {
    ...(!external.postgres && {
      postgres: {
        ...POSTGRES_RESOURCES,
        storageGiB: storageGiB.postgres,
        ...(databaseCopies > 1 && { copies: databaseCopies, program: "postgresql" as const }),
        ...elsewhere("postgres: { host, authority, admin }"),
      },
    }),
    ...(!external.redis && {
      redis: { ...REDIS_RESOURCES, storageGiB: storageGiB.redis, ...elsewhere("redis: { url, password }") },
    }),
    ...(!external.qdrant && {
      qdrant: {
        ...QDRANT_RESOURCES,
        storageGiB: storageGiB.qdrant,
        copies: qdrantCopies,
        ...elsewhere("qdrant: { url, apiKey }"),
      },
    }),
  };
}

/** Makes the stores, or the ways to those that somebody else runs. */
export function makeStores(args: StoreArgs, parent: Resource): Stores {
  return {
    database: databaseServer(args, parent).database(DATABASE),
    redis: redisServer(args, parent),
    qdrant: qdrantServer(args, parent),
  };
}

function databaseServer(args: StoreArgs, parent: Resource): DatabaseServer {
  const { target, external, storageGiB, databaseCopies: copies } = args;
  const image = imageOf("postgres", args);
  if (external.postgres)
    return new ExternalPostgres("postgres", { target, ...external.postgres, ...image }, { parent });
  const settings = {
    target,
    storageGiB: storageGiB.postgres,
    authority: authority("authority", parent),
    ...image,
  };
  return copies > 1
    ? new ReplicatedPostgres("postgres", { ...settings, copies }, { parent })
    : new Postgres("postgres", settings, { parent });
}

function redisServer(args: StoreArgs, parent: Resource): RedisServer {
  const { target, external, storageGiB } = args;
  if (external.redis) return externalRedis(external.redis);
  // Celery's queue: what it holds must not be evicted.
  const settings = { target, evict: "never", storageGiB: storageGiB.redis } as const;
  return new Redis("redis", { ...settings, ...imageOf("redis", args) }, { parent });
}

function qdrantServer(args: StoreArgs, parent: Resource): QdrantServer {
  const { target, external, storageGiB, qdrantCopies: copies } = args;
  if (external.qdrant) return externalQdrant(external.qdrant);
  const settings = { target, storageGiB: storageGiB.qdrant, copies };
  return new Qdrant("qdrant", { ...settings, ...imageOf("qdrant", args) }, { parent });
}

/** The image of a public program, where it is not to be the catalogue's. */
export function imageOf(
  name: keyof Required<SemantikArgs>["publicImages"],
  { publicImages }: Pick<StoreArgs, "publicImages">,
) {
  const image = publicImages[name];
  return image === undefined ? {} : { image };
}

import type { Resource } from "@pulumi/pulumi";
import type { Target } from "../model/target.ts";
import type { DocumentDatabase } from "../services/document-database.ts";
import type { Database } from "../services/database.ts";
import { EXPORTER_RESOURCES } from "../services/exporter.ts";
import { MongodbExporter } from "../services/mongodb-exporter.ts";
import { PostgresExporter } from "../services/postgres-exporter.ts";
import { RedisExporter } from "../services/redis-exporter.ts";
import type { RedisServer } from "../services/redis.ts";
import type { ExporterName } from "./observability-args.ts";
import type { Store } from "./stores.ts";

/** A server that makes a database for whoever watches it. */
interface Monitorable<MadeDatabase> {
  monitoring(): MadeDatabase;
}

/** A store of PostgreSQL, with an exporter for whoever observes it. */
export function withPostgresExporter<Server extends Monitorable<Database>>(
  target: Target,
  store: Store<Server>,
): Store<Server> {
  return withExporter(store, "postgres-exporter", (server, image, parent) => {
    const settings = { target, database: server.monitoring(), ...image };
    new PostgresExporter("postgres-exporter", settings, { parent });
  });
}

/** A store of MongoDB, with an exporter for whoever observes it. */
export function withMongodbExporter<Server extends Monitorable<DocumentDatabase>>(
  target: Target,
  store: Store<Server>,
): Store<Server> {
  return withExporter(store, "mongodb-exporter", (server, image, parent) => {
    const settings = { target, database: server.monitoring(), ...image };
    new MongodbExporter("mongodb-exporter", settings, { parent });
  });
}

/** A store of Redis, with an exporter for whoever observes it. */
export function withRedisExporter<Server extends RedisServer>(
  target: Target,
  store: Store<Server>,
): Store<Server> {
  return withExporter(store, "redis-exporter", (server, image, parent) => {
    new RedisExporter("redis-exporter", { target, server, ...image }, { parent });
  });
}

/**
 * A store with an exporter.
 *
 * @param name - of the exporter, and of its image
 */
function withExporter<Made>(
  store: Store<Made>,
  name: ExporterName,
  make: (server: Made, image: { readonly image?: string }, parent: Resource) => void,
): Store<Made> {
  return {
    ...store,
    observed: ({ [name]: image }) => ({
      demands: { ...store.demands, [name]: EXPORTER_RESOURCES },
      make: (parent) => {
        const server = store.make(parent);
        make(server, image === undefined ? {} : { image }, parent);
        return server;
      },
    }),
  };
}

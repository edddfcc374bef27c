import * as pulumi from "@pulumi/pulumi";
import { images } from "../images.ts";
import { ref, Reference } from "../model/reference.ts";
import type { Target } from "../model/target.ts";
import { FILES, type Resources, type Workload } from "../model/workload.ts";
import { POSTGRES_ALERTS, POSTGRES_DASHBOARD } from "../monitoring/postgres.ts";
import type { Database } from "./database.ts";
import { EXPORTER_RESOURCES, exporterRecipe } from "./exporter.ts";

/** Arguments of {@link PostgresExporter}. */
export interface PostgresExporterArgs {
  readonly target: Target;
  /** A database of the server, with a role that may read all statistics (`pg_monitor`), as `Postgres.monitoring` makes it. */
  readonly database: Pick<Database, "address" | "name" | "user" | "password" | "authority">;
  /** @defaultValue the catalogue's */
  readonly image?: string;
  /** @defaultValue {@link EXPORTER_RESOURCES} */
  readonly resources?: Resources;
}

/** Publishes the metrics of a PostgreSQL server, which has none of its own that Prometheus can read. */
export class PostgresExporter extends pulumi.ComponentResource {
  /** Its address, as `host:port`. */
  readonly http: Reference;

  constructor(name: string, args: PostgresExporterArgs, opts?: pulumi.ComponentResourceOptions) {
    super("keelson:services:PostgresExporter", name, {}, opts);
    const { target, database, image = images["postgres-exporter"], resources = EXPORTER_RESOURCES } = args;
    const recipe = () => postgresExporterRecipe({ database, image, resources });
    this.http = Reference.to(target.run(name, recipe, { parent: this }), "http");
    this.registerOutputs({});
  }
}

/** The program; it checks whom it talks to where that can be checked. */
export function postgresExporterRecipe({
  database,
  image,
  resources,
}: Required<Omit<PostgresExporterArgs, "target">>): Workload {
  const { address, name, user, password, authority } = database;
  const encryption = authority ? `sslmode=verify-full&sslrootcert=${FILES}/authority.pem` : "sslmode=disable";
  return exporterRecipe({
    image,
    command: ["/bin/postgres_exporter"],
    env: {
      DATA_SOURCE_URI: ref`${address}/${name}?${encryption}`,
      DATA_SOURCE_USER: user,
      DATA_SOURCE_PASS_FILE: `${FILES}/password`,
    },
    files: { password, ...(authority && { "authority.pem": authority }) },
    port: 9187,
    ready: "/",
    resources,
    // The official image's user `nobody`.
    user: { uid: 65534, gid: 65534 },
    alerts: POSTGRES_ALERTS,
    dashboards: [POSTGRES_DASHBOARD],
  });
}

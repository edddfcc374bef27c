import * as pulumi from "@pulumi/pulumi";
import { images } from "../images.ts";
import { ref, Reference } from "../model/reference.ts";
import type { Target } from "../model/target.ts";
import type { Resources, Workload } from "../model/workload.ts";
import { MONGODB_ALERTS, MONGODB_DASHBOARD } from "../monitoring/mongodb.ts";
import type { DocumentDatabase } from "./document-database.ts";
import { EXPORTER_RESOURCES, exporterRecipe } from "./exporter.ts";

/** Arguments of {@link MongodbExporter}. */
export interface MongodbExporterArgs {
  readonly target: Target;
  /** A database of the server, with a user who may read all statistics (`clusterMonitor`), as `Mongodb.monitoring` makes it. */
  readonly database: Pick<DocumentDatabase, "address" | "name" | "user" | "password">;
  /** @defaultValue the catalogue's */
  readonly image?: string;
  /** @defaultValue {@link EXPORTER_RESOURCES} */
  readonly resources?: Resources;
}

/** Publishes the metrics of a MongoDB server, which has none of its own that Prometheus can read. */
export class MongodbExporter extends pulumi.ComponentResource {
  /** Its address, as `host:port`. */
  readonly http: Reference;

  constructor(name: string, args: MongodbExporterArgs, opts?: pulumi.ComponentResourceOptions) {
    super("keelson:services:MongodbExporter", name, {}, opts);
    const { target, database, image = images["mongodb-exporter"], resources = EXPORTER_RESOURCES } = args;
    const recipe = () => mongodbExporterRecipe({ database, image, resources });
    this.http = Reference.to(target.run(name, recipe, { parent: this }), "http");
    this.registerOutputs({});
  }
}

/** The program. It reads what the server says of itself, and of each database its size. */
export function mongodbExporterRecipe({
  database,
  image,
  resources,
}: Required<Omit<MongodbExporterArgs, "target">>): Workload {
  const { address, name, user, password } = database;
  return exporterRecipe({
    image,
    command: ["/mongodb_exporter", "--collector.diagnosticdata", "--collector.dbstats"],
    env: {
      MONGODB_URI: ref`mongodb://${address}/?authSource=${name}`,
      MONGODB_USER: user,
      MONGODB_PASSWORD: password,
    },
    port: 9216,
    ready: "/",
    resources,
    // The official image's numeric user.
    user: { uid: 65535, gid: 65535 },
    alerts: MONGODB_ALERTS,
    dashboards: [MONGODB_DASHBOARD],
  });
}

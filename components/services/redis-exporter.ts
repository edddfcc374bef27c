import * as pulumi from "@pulumi/pulumi";
import { images } from "../images.ts";
import { ref, Reference } from "../model/reference.ts";
import type { Target } from "../model/target.ts";
import type { Resources, Workload } from "../model/workload.ts";
import { REDIS_ALERTS, REDIS_DASHBOARD } from "../monitoring/redis.ts";
import { EXPORTER_RESOURCES, exporterRecipe } from "./exporter.ts";
import type { RedisServer } from "./redis.ts";

/** Arguments of {@link RedisExporter}. */
export interface RedisExporterArgs {
  readonly target: Target;
  /** The server that it watches; connections to it are not encrypted. */
  readonly server: Pick<RedisServer, "address" | "password">;
  /** @defaultValue the catalogue's */
  readonly image?: string;
  /** @defaultValue {@link EXPORTER_RESOURCES} */
  readonly resources?: Resources;
}

/** Publishes the metrics of a Redis server, which has none of its own that Prometheus can read. */
export class RedisExporter extends pulumi.ComponentResource {
  /** Its address, as `host:port`. */
  readonly http: Reference;

  constructor(name: string, args: RedisExporterArgs, opts?: pulumi.ComponentResourceOptions) {
    super("keelson:services:RedisExporter", name, {}, opts);
    const { target, server, image = images["redis-exporter"], resources = EXPORTER_RESOURCES } = args;
    const recipe = () => redisExporterRecipe({ server, image, resources });
    this.http = Reference.to(target.run(name, recipe, { parent: this }), "http");
    this.registerOutputs({});
  }
}

/** The program. The password is a variable of its own, since it repeats the address in its log. */
export function redisExporterRecipe({
  server,
  image,
  resources,
}: Required<Omit<RedisExporterArgs, "target">>): Workload {
  return exporterRecipe({
    image,
    command: ["/redis_exporter", "-log-format=json"],
    env: { REDIS_ADDR: ref`redis://${server.address}`, REDIS_PASSWORD: server.password },
    port: 9121,
    ready: "/health",
    resources,
    // The official image's numeric user.
    user: { uid: 59000, gid: 59000 },
    alerts: REDIS_ALERTS,
    dashboards: [REDIS_DASHBOARD],
  });
}

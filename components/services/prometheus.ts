import * as pulumi from "@pulumi/pulumi";
import { images } from "../images.ts";
import type { Alerts, Watched } from "../model/monitoring.ts";
import { ref, Reference } from "../model/reference.ts";
import type { Target } from "../model/target.ts";
import { FILES, type Resources, type Workload } from "../model/workload.ts";
import { prometheusFiles } from "../monitoring/prometheus-files.ts";
import { STANDARD_ALERTS } from "../monitoring/standard-alerts.ts";
import { watchAlerts } from "../monitoring/watch-alerts.ts";

/** Arguments of {@link Prometheus}. */
export interface PrometheusArgs {
  readonly target: Target;
  /** Whose metrics it reads. Another list is another container, which has the same data. */
  readonly watch: readonly Watched[];
  /**
   * Alerts beside the standard ones; one of the same name takes the place of a standard one.
   *
   * @defaultValue none
   */
  readonly alerts?: Alerts;
  /** @defaultValue the catalogue's */
  readonly image?: string;
  /** @defaultValue {@link PROMETHEUS_RESOURCES} */
  readonly resources?: Resources;
  /**
   * Room for metrics, in GiB, of which it uses four fifths; raised later at will, never lowered.
   *
   * @defaultValue 10
   */
  readonly storageGiB?: number;
  /**
   * Time for which metrics are kept while there is room, in days.
   *
   * @defaultValue 15
   */
  readonly retentionDays?: number;
}

/** Where it listens. */
export const PROMETHEUS_PORT = 9090;

/** Enough for some fifty thousand series. */
export const PROMETHEUS_RESOURCES: Resources = {
  cpuRequest: 0.05,
  cpuLimit: 1,
  memoryRequestMiB: 384,
  memoryLimitMiB: 768,
};

/**
 * A Prometheus server. It finds every copy of what it watches by name, without access to any target's API. Alerts are shown on
 * its own page and in Grafana, and are sent to nobody. It asks its clients for nothing, so the private network alone keeps others out.
 */
export class Prometheus extends pulumi.ComponentResource {
  /** Its address, as `host:port`. */
  readonly http: Reference;
  /** Its address, as a URL without a trailing slash. */
  readonly url: Reference;

  constructor(name: string, args: PrometheusArgs, opts?: pulumi.ComponentResourceOptions) {
    super("keelson:services:Prometheus", name, {}, opts);
    const { target, watch, alerts = {}, image = images.prometheus, resources = PROMETHEUS_RESOURCES } = args;
    const { storageGiB = 10, retentionDays = 15 } = args;
    const settings = { watch, alerts, image, resources, storageGiB, retentionDays };
    const endpoint = target.run(name, () => prometheusRecipe(settings), { parent: this });
    this.http = Reference.to(endpoint, "http");
    this.url = ref`http://${this.http}`;
    this.registerOutputs({});
  }
}

/** The server. Its settings can be changed by no request: what changes them has to be in the stack. */
export function prometheusRecipe(settings: Required<Omit<PrometheusArgs, "target">>): Workload {
  const { watch, alerts, image, resources, storageGiB, retentionDays } = settings;
  return {
    image,
    command: [
      "prometheus",
      `--config.file=${FILES}/prometheus.yml`,
      `--storage.tsdb.path=${DATA}`,
      `--storage.tsdb.retention.time=${retentionDays}d`,
      `--storage.tsdb.retention.size=${Math.floor(storageGiB * 1024 * USED_SHARE)}MB`,
      "--log.format=json",
    ],
    files: prometheusFiles(watch, { ...watchAlerts(watch), ...STANDARD_ALERTS, ...alerts }),
    ports: { http: { number: PROMETHEUS_PORT, protocol: "http" } },
    volumes: { data: { path: DATA, sizeGiB: storageGiB } },
    probes: {
      readiness: { check: { kind: "http", port: "http", path: "/-/ready" } },
      liveness: { check: { kind: "http", port: "http", path: "/-/healthy" }, failures: 6 },
      // What was written last is read again first: all of two hours' metrics, on a slow disk.
      startupSeconds: 600,
    },
    resources,
    // The official image's user `nobody`.
    user: { uid: 65534, gid: 65534 },
    // It ends queries and a block that is being written; the official chart gives it as long.
    stopSeconds: 300,
  };
}

const DATA = "/prometheus";

/** https://prometheus.io/docs/prometheus/latest/storage/#right-sizing-retention-size: the rest is for what is being written. */
const USED_SHARE = 0.8;

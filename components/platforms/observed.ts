import * as pulumi from "@pulumi/pulumi";
import type { Demand } from "../model/capacity.ts";
import type { Target } from "../model/target.ts";
import { declaredAlerts, declaredDashboards } from "../monitoring/declared.ts";
import { STANDARD_DASHBOARDS } from "../monitoring/standard-dashboards.ts";
import { watchAlerts } from "../monitoring/watch-alerts.ts";
import { EXPORTER_RESOURCES } from "../services/exporter.ts";
import { Grafana, GRAFANA_RESOURCES } from "../services/grafana.ts";
import { NodeExporter } from "../services/node-exporter.ts";
import { Prometheus, PROMETHEUS_RESOURCES } from "../services/prometheus.ts";
import type { ObservabilityArgs } from "./observability-args.ts";
import type { Observability, ObservedPlatform, Watching } from "./observability.ts";
import { imageOf } from "./stores.ts";

/** Where Grafana is found on the platform's host. */
const GRAFANA_PATH = "/grafana";

const DEFAULTS = {
  images: {},
  traces: true,
  samplingRatio: 0.1,
  logs: false,
  storageGiB: 10,
  retentionDays: 15,
  downSeconds: 60,
} as const satisfies Required<ObservabilityArgs>;

type Settings = Required<ObservabilityArgs>;

/** Prometheus and Grafana for a platform, and what it sends traces and logs to. */
export function observed(args: ObservabilityArgs, platform: ObservedPlatform): Observability {
  const settings: Settings = { ...DEFAULTS, ...args };
  return {
    demands: watchingDemands(settings, platform.target),
    stores: (stores) => stores.observed?.(settings.images) ?? stores,
    telemetry: () => ({ variablesOf: () => ({}) }),
    watch: (parent) => watching(settings, platform, parent),
  };
}

function watchingDemands({ storageGiB }: Settings, target: Target): Readonly<Record<string, Demand>> {
  return {
    prometheus: { ...PROMETHEUS_RESOURCES, storageGiB },
    grafana: GRAFANA_RESOURCES,
    ...(target.showsMachine && { "node-exporter": EXPORTER_RESOURCES }),
  };
}

function watching(settings: Settings, platform: ObservedPlatform, parent: pulumi.Resource): Watching {
  const { storageGiB, retentionDays, downSeconds, images: publicImages } = settings;
  const { target, host } = platform;
  const image = (name: keyof typeof publicImages) => imageOf(name, { publicImages });
  if (target.showsMachine)
    new NodeExporter("node-exporter", { target, ...image("node-exporter") }, { parent });

  const watch = target.watch({ parent });
  const down = { ...watchAlerts(watch)["Down"]!, forSeconds: downSeconds };
  const alerts = { ...declaredAlerts(watch), Down: down };
  const metrics = { target, watch, alerts, storageGiB, retentionDays, ...image("prometheus") };
  const prometheus = new Prometheus("prometheus", metrics, { parent });

  const publicUrl = `${target.urlOf(host)}${GRAFANA_PATH}`;
  const dashboards = declaredDashboards(watch, STANDARD_DASHBOARDS);
  const pages = { target, prometheus, dashboards, publicUrl, ...image("grafana") };
  const { http, user, password } = new Grafana("grafana", pages, { parent });
  target.keepSecret("grafana-admin", { username: user, password }, { parent });
  return {
    routes: { [GRAFANA_PATH]: http },
    health: { grafana: `${publicUrl}/api/health` },
    logins: { grafana: { user, password: pulumi.secret(password.value) } },
  };
}

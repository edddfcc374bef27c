import * as pulumi from "@pulumi/pulumi";
import type { Demand } from "../model/capacity.ts";
import type { Target } from "../model/target.ts";
import { declaredAlerts, declaredDashboards } from "../monitoring/declared.ts";
import { STANDARD_DASHBOARDS } from "../monitoring/standard-dashboards.ts";
import { watchAlerts } from "../monitoring/watch-alerts.ts";
import { EXPORTER_RESOURCES } from "../services/exporter.ts";
import { Grafana, GRAFANA_RESOURCES } from "../services/grafana.ts";
import { NodeExporter } from "../services/node-exporter.ts";
import { Prometheus, PROMETHEUS_PORT, PROMETHEUS_RESOURCES } from "../services/prometheus.ts";
import type { ObservabilityArgs } from "./observability-args.ts";
import { complete, type ObservabilitySettings } from "./observability-settings.ts";
import { makeTelemetry, telemetryDemands } from "./observed-telemetry.ts";
import type { Observability, ObservedPlatform, Watching } from "./observability.ts";
import { imageOf } from "./stores.ts";

/** What the server is run by. */
const PROMETHEUS = "prometheus";

/** Where Grafana is found on the platform's host. */
const GRAFANA_PATH = "/grafana";

/**
 * Prometheus and Grafana for a platform, and what it sends traces and logs to.
 *
 * @throws InputPropertiesError with all that is wrong with the arguments
 */
export function observed(args: ObservabilityArgs, platform: ObservedPlatform): Observability {
  const settings = complete(args, platform.logIndex);
  const { target } = platform;
  return {
    demands: { ...telemetryDemands(settings, platform), ...watchingDemands(settings, target) },
    stores: (stores) => stores.observed?.(settings.images) ?? stores,
    telemetry(parent, search) {
      target.followMetricsAt({ name: PROMETHEUS, port: PROMETHEUS_PORT });
      return makeTelemetry(settings, platform, parent, search);
    },
    watch: (parent) => watching(settings, platform, parent),
  };
}

function watchingDemands(
  { storageGiB }: ObservabilitySettings,
  target: Target,
): Readonly<Record<string, Demand>> {
  return {
    [PROMETHEUS]: { ...PROMETHEUS_RESOURCES, storageGiB },
    grafana: GRAFANA_RESOURCES,
    ...(target.showsMachine && { "node-exporter": EXPORTER_RESOURCES }),
  };
}

function watching(
  settings: ObservabilitySettings,
  platform: ObservedPlatform,
  parent: pulumi.Resource,
): Watching {
  const { storageGiB, retentionDays, downSeconds, images: publicImages } = settings;
  const { target, host } = platform;
  const image = (name: keyof typeof publicImages) => imageOf(name, { publicImages });
  if (target.showsMachine)
    new NodeExporter("node-exporter", { target, ...image("node-exporter") }, { parent });

  const watch = target.watch({ parent });
  const down = { ...watchAlerts(watch)["Down"]!, forSeconds: downSeconds };
  const alerts = { ...declaredAlerts(watch), Down: down };
  const metrics = { target, watch, alerts, storageGiB, retentionDays, ...image("prometheus") };
  const prometheus = new Prometheus(PROMETHEUS, metrics, { parent });

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

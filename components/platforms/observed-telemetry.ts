import type { Resource } from "@pulumi/pulumi";
import type { Demand } from "../model/capacity.ts";
import { Elasticsearch, ELASTICSEARCH_RESOURCES } from "../services/elasticsearch.ts";
import { ExternalElasticsearch } from "../services/external-elasticsearch.ts";
import { Jaeger, JAEGER_RESOURCES } from "../services/jaeger.ts";
import { OTEL_COLLECTOR_RESOURCES, OtelCollector } from "../services/otel-collector.ts";
import type { SearchServer } from "../services/search-client.ts";
import type { ObservedPlatform, Telemetry } from "./observability.ts";
import type { LogSettings, ObservabilitySettings } from "./observability-settings.ts";
import { imageOf } from "./stores.ts";

/** Name of the Elasticsearch server that is there for logs alone. */
const LOG_SERVER = "logs";

/** What the way of traces and logs asks to be promised. */
export function telemetryDemands(
  { traces, logs }: ObservabilitySettings,
  platform: ObservedPlatform,
): Readonly<Record<string, Demand>> {
  return {
    ...(traces && { jaeger: JAEGER_RESOURCES }),
    ...((traces || logs) && { "otel-collector": OTEL_COLLECTOR_RESOURCES }),
    ...(logs &&
      isOwn(logs, platform) && {
        [LOG_SERVER]: {
          ...ELASTICSEARCH_RESOURCES,
          storageGiB: logs.storageGiB,
          offload: "keelson:observability: { logs: { external: { url, admin } } }",
        },
      }),
  };
}

/** Makes what traces and logs are sent to. */
export function makeTelemetry(
  settings: ObservabilitySettings,
  platform: ObservedPlatform,
  parent: Resource,
  search?: SearchServer,
): Telemetry {
  const { traces, samplingRatio, logs, images: publicImages } = settings;
  if (!traces && !logs) return { variablesOf: () => ({}) };
  const { target } = platform;
  const jaeger =
    traces && new Jaeger("jaeger", { target, ...imageOf("jaeger", { publicImages }) }, { parent });
  const collector = {
    target,
    ...(jaeger && { traces: { to: jaeger.otlp, samplingRatio } }),
    ...(logs && { logs: logsTo(logServer(settings, logs, platform, parent, search), logs.index) }),
    ...imageOf("otel-collector", { publicImages }),
  };
  return new OtelCollector("otel-collector", collector, { parent });
}

/** Whether a server is there for logs alone. */
function isOwn({ external }: LogSettings, { hasSearch = false }: ObservedPlatform): boolean {
  return !external && !hasSearch;
}

function logServer(
  { images: publicImages }: ObservabilitySettings,
  { external, storageGiB }: LogSettings,
  { target }: ObservedPlatform,
  parent: Resource,
  search?: SearchServer,
): SearchServer {
  if (external) return new ExternalElasticsearch(LOG_SERVER, { target, ...external }, { parent });
  if (search) return search;
  const image = imageOf("elasticsearch", { publicImages });
  // Logs are written more than they are searched, and the kernel need not be set for them.
  return new Elasticsearch(LOG_SERVER, { target, storageGiB, mapped: false, ...image }, { parent });
}

/** Rights on the indices of each day. */
function logsTo(server: SearchServer, index: string) {
  return { search: server.client("otel_collector", { [`${index}-*`]: {} }), index };
}

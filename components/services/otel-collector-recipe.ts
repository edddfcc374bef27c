import * as pulumi from "@pulumi/pulumi";
import { ref, Reference, textOf } from "../model/reference.ts";
import { FILES, type Resources, type Workload } from "../model/workload.ts";
import { OTEL_COLLECTOR_ALERTS, OTEL_COLLECTOR_DASHBOARD } from "../monitoring/otel-collector.ts";
import { OWN_TELEMETRY } from "./jaeger.ts";
import type { SearchClient } from "./search-client.ts";

/** Traces on their way. */
export interface Traces {
  /** Takes OTLP over gRPC, without encryption, as `host:port`. */
  readonly to: Reference;
  /**
   * Share of requests that are traced, of 1. The first program that a request comes to decides; all others follow it.
   *
   * @defaultValue 0.1
   */
  readonly samplingRatio?: number;
}

/** Logs on their way. */
export interface Logs {
  /** Who may write indices of the name, a hyphen and anything. */
  readonly search: Pick<SearchClient, "endpoint" | "user" | "password">;
  /** Begins the names of indices, of which each day has one, as in `lcnc-logs-2026.11.21`: old ones are deleted as a whole. */
  readonly index: string;
}

/** What a collector is made with. */
export interface OtelCollectorSettings {
  readonly traces: Pick<Traces, "to"> | undefined;
  readonly logs: Logs | undefined;
  readonly image: string;
  readonly resources: Resources;
}

/** The collector as a workload. What is passed on nowhere has no pipeline. */
export function otelCollectorRecipe({ traces, logs, image, resources }: OtelCollectorSettings): Workload {
  const exports = {
    ...(traces && { traces: TRACES }),
    ...(logs && { logs: logsExport(logs.index) }),
  };
  return {
    image,
    // The official image's program.
    command: ["/otelcol-contrib", "--config", `${FILES}/collector.yaml`],
    env: {
      GOMEMLIMIT: `${share(resources, LIMIT_SHARE)}MiB`,
      ...(traces && { TRACES_ENDPOINT: traces.to }),
      ...(logs && { LOGS_ENDPOINT: logs.search.endpoint }),
    },
    files: {
      // JSON is YAML, too.
      "collector.yaml": JSON.stringify(configuration(exports, resources), undefined, 2),
      ...(logs && { [AUTHORIZATION]: basicAuthorization(logs.search) }),
    },
    ports: {
      "otlp-http": { number: 4318, protocol: "http" },
      "otlp-grpc": { number: 4317, protocol: "grpc" },
      health: { number: 13133, protocol: "http" },
      metrics: { number: 8888, protocol: "http" },
    },
    probes: { readiness: { check: { kind: "http", port: "health", path: "/" } } },
    metrics: { port: "metrics" },
    alerts: OTEL_COLLECTOR_ALERTS,
    dashboards: [OTEL_COLLECTOR_DASHBOARD],
    resources,
    // The official image's user.
    user: { uid: 10001, gid: 10001 },
  };
}

/** One kind of data on its way out: the exporter and its settings. */
interface Export {
  readonly exporter: string;
  readonly settings: Readonly<Record<string, unknown>>;
}

/** Batches that wait for who is away; the newest are refused where there are more. */
const QUEUE = { enabled: true, queue_size: 100 };

/** By gRPC, which every release of the last years knows by this name; since 0.144 it is an alias of `otlp_grpc`. */
const TRACES: Export = {
  exporter: "otlp",
  settings: { endpoint: "${env:TRACES_ENDPOINT}", tls: { insecure: true }, sending_queue: QUEUE },
};

/** https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/exporter/elasticsearchexporter */
const logsExport = (index: string): Export => ({
  exporter: "elasticsearch",
  settings: {
    endpoint: "${env:LOGS_ENDPOINT}",
    // A header, since it holds no character that the configuration would read as more than text, as a password may.
    headers: { Authorization: `\${file:${FILES}/${AUTHORIZATION}}` },
    logs_index: index,
    logstash_format: { enabled: true },
    // Fields have the names that Elastic's own tools know.
    mapping: { mode: "ecs" },
    sending_queue: QUEUE,
  },
});

const AUTHORIZATION = "logs-authorization";

/** HTTP's basic authentication, as the value of its header. */
function basicAuthorization({ user, password }: Logs["search"]): Reference {
  const encoded = pulumi
    .all([textOf(user), textOf(password)])
    .apply((both) => Buffer.from(both.join(":")).toString("base64"));
  return ref`Basic ${Reference.hidden(encoded)}`;
}

function configuration(exports: Readonly<Record<string, Export>>, resources: Resources) {
  const each = Object.entries(exports);
  return {
    extensions: { health_check: { endpoint: "0.0.0.0:13133" } },
    receivers: {
      otlp: {
        protocols: { grpc: { endpoint: "0.0.0.0:4317" }, http: { endpoint: "0.0.0.0:4318" } },
      },
    },
    processors: { memory_limiter: memoryLimiter(resources), batch: BATCH },
    exporters: Object.fromEntries(each.map(([, { exporter, settings }]) => [exporter, settings])),
    service: {
      extensions: ["health_check"],
      pipelines: Object.fromEntries(
        each.map(([signal, { exporter }]) => [
          signal,
          { receivers: ["otlp"], processors: ["memory_limiter", "batch"], exporters: [exporter] },
        ]),
      ),
      telemetry: OWN_TELEMETRY,
    },
  };
}

/** A span has about a kilobyte, and who takes batches over gRPC takes four megabytes at once. */
const BATCH = { send_batch_size: 1024, send_batch_max_size: 2048, timeout: "1s" };

/** Shares of the container's limit: at the first, garbage is collected at once; from that less the second on, programs are told to come again. */
const LIMIT_SHARE = 0.8;
const SPIKE_SHARE = 0.2;

/** https://github.com/open-telemetry/opentelemetry-collector/tree/main/processor/memorylimiterprocessor */
function memoryLimiter(resources: Resources) {
  return {
    check_interval: "1s",
    limit_mib: share(resources, LIMIT_SHARE),
    // What is refused begins at the limit less this.
    spike_limit_mib: share(resources, SPIKE_SHARE),
  };
}

const share = ({ memoryLimitMiB }: Resources, part: number) => Math.floor(memoryLimitMiB * part);

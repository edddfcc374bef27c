import * as pulumi from "@pulumi/pulumi";
import { images } from "../images.ts";
import { ref, Reference } from "../model/reference.ts";
import type { Target } from "../model/target.ts";
import { FILES, type Resources, type Workload } from "../model/workload.ts";

/** Arguments of {@link Jaeger}. */
export interface JaegerArgs {
  readonly target: Target;
  /** @defaultValue the catalogue's */
  readonly image?: string;
  /** @defaultValue {@link JAEGER_RESOURCES} */
  readonly resources?: Resources;
  /**
   * Traces that it keeps, all of them in memory; the oldest makes room for the next. One of twenty spans takes some 30 KB.
   *
   * @defaultValue 10000
   */
  readonly maxTraces?: number;
}

/** Enough for ten thousand traces of twenty spans each. */
export const JAEGER_RESOURCES: Resources = {
  cpuRequest: 0.05,
  cpuLimit: 1,
  memoryRequestMiB: 192,
  memoryLimitMiB: 640,
};

/**
 * Jaeger, which keeps traces in memory and shows them. It asks nobody for a password, so the private network alone keeps others
 * out; and with the process, the traces are gone.
 */
export class Jaeger extends pulumi.ComponentResource {
  /** Where spans are sent by OTLP over gRPC, as `host:port`. */
  readonly otlp: Reference;
  /** Its page and the API that finds traces, as `host:port`. */
  readonly http: Reference;
  /** The same as a URL, without a trailing slash. */
  readonly url: Reference;

  /** @throws InputPropertiesError if it could keep no trace */
  constructor(name: string, args: JaegerArgs, opts?: pulumi.ComponentResourceOptions) {
    super("keelson:services:Jaeger", name, {}, opts);
    const { target, image = images.jaeger, resources = JAEGER_RESOURCES, maxTraces = 10_000 } = args;
    check(maxTraces);
    const endpoint = target.run(name, () => jaegerRecipe({ image, resources, maxTraces }), { parent: this });
    this.otlp = Reference.to(endpoint, "otlp");
    this.http = Reference.to(endpoint, "http");
    this.url = ref`http://${this.http}`;
    this.registerOutputs({});
  }
}

/** The server: Jaeger 2 is a distribution of the OpenTelemetry collector, and configured as one. */
export function jaegerRecipe({
  image,
  resources,
  maxTraces,
}: Required<Omit<JaegerArgs, "target">>): Workload {
  return {
    image,
    // The official image's program: https://github.com/jaegertracing/jaeger/blob/v1.76.0/cmd/jaeger/Dockerfile
    command: ["/cmd/jaeger/jaeger-linux", "--config", `${FILES}/jaeger.yaml`],
    // Collects garbage the harder, the nearer it comes to its limit.
    env: { GOMEMLIMIT: `${Math.floor(resources.memoryLimitMiB * 0.9)}MiB` },
    // JSON is YAML, too.
    files: { "jaeger.yaml": JSON.stringify(configuration(maxTraces), undefined, 2) },
    ports: {
      otlp: { number: 4317, protocol: "grpc" },
      http: { number: 16686, protocol: "http" },
      health: { number: 13133, protocol: "http" },
      metrics: { number: 8888, protocol: "http" },
    },
    probes: { readiness: { check: { kind: "http", port: "health", path: "/status" } } },
    metrics: { port: "metrics" },
    resources,
    // The official image's user.
    user: { uid: 10001, gid: 10001 },
  };
}

/**
 * What runs in it: https://www.jaegertracing.io/docs/2.20/deployment/configuration/. It has no memory limiter, other than the
 * collector before it: what is refused takes no older trace's place, so that one that is full would stay so.
 */
function configuration(maxTraces: number) {
  return {
    extensions: {
      jaeger_storage: { backends: { [STORE]: { memory: { max_traces: maxTraces } } } },
      jaeger_query: { storage: { traces: STORE }, http: { endpoint: "0.0.0.0:16686" } },
      healthcheckv2: { use_v2: true, http: { endpoint: "0.0.0.0:13133" } },
    },
    receivers: { otlp: { protocols: { grpc: { endpoint: "0.0.0.0:4317" } } } },
    exporters: { jaeger_storage_exporter: { trace_storage: STORE } },
    service: {
      extensions: ["jaeger_storage", "jaeger_query", "healthcheckv2"],
      pipelines: { traces: { receivers: ["otlp"], exporters: ["jaeger_storage_exporter"] } },
      telemetry: OWN_TELEMETRY,
    },
  };
}

const STORE = "memory";

/** What programs made of the OpenTelemetry collector say of themselves: https://opentelemetry.io/docs/collector/internal-telemetry/ */
export const OWN_TELEMETRY = {
  logs: { encoding: "json" },
  metrics: { readers: [{ pull: { exporter: { prometheus: { host: "0.0.0.0", port: 8888 } } } }] },
};

function check(maxTraces: number): void {
  if (Number.isInteger(maxTraces) && maxTraces > 0) return;
  const reason = `${maxTraces} traces can't be kept; give a whole number above 0`;
  throw new pulumi.InputPropertiesError({
    message: reason,
    errors: [{ propertyPath: "maxTraces", reason }],
  });
}

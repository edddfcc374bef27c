import * as pulumi from "@pulumi/pulumi";
import { images } from "../images.ts";
import { ref, Reference, type Setting } from "../model/reference.ts";
import type { Target } from "../model/target.ts";
import type { Resources } from "../model/workload.ts";
import { type Logs, otelCollectorRecipe, type Traces } from "./otel-collector-recipe.ts";
import { isName } from "./search-preparation.ts";

/** Arguments of {@link OtelCollector}. */
export interface OtelCollectorArgs {
  readonly target: Target;
  /**
   * Where traces go, and how many.
   *
   * @defaultValue nowhere: programs make none
   */
  readonly traces?: Traces;
  /**
   * Where logs go.
   *
   * @defaultValue nowhere: they stay where the target keeps what programs write
   */
  readonly logs?: Logs;
  /** @defaultValue the catalogue's */
  readonly image?: string;
  /** @defaultValue {@link OTEL_COLLECTOR_RESOURCES} */
  readonly resources?: Resources;
}

/** Enough for some thousand spans and lines a second. */
export const OTEL_COLLECTOR_RESOURCES: Resources = {
  cpuRequest: 0.05,
  cpuLimit: 1,
  memoryRequestMiB: 96,
  memoryLimitMiB: 256,
};

/**
 * An OpenTelemetry collector: programs send it traces and logs by OTLP, and it passes them on in batches, so that they needn't
 * know where to, nor wait for who is away. It asks nobody for a password, so the private network alone keeps others out.
 *
 * @example
 * ```ts
 * const jaeger = new Jaeger("jaeger", { target });
 * const collector = new OtelCollector("otel-collector", { target, traces: { to: jaeger.otlp } });
 * const env = { ...collector.variablesOf("backend"), LOG_LEVEL: "INFO" };
 * ```
 */
export class OtelCollector extends pulumi.ComponentResource {
  /** Where programs send OTLP over HTTP, as a URL without a trailing slash. */
  readonly endpoint: Reference;
  readonly #standing: Readonly<Record<string, Setting>>;

  /** @throws InputPropertiesError with all that is wrong: it has nowhere to pass anything on to, the share of requests is none, or the index can't have its name */
  constructor(name: string, args: OtelCollectorArgs, opts?: pulumi.ComponentResourceOptions) {
    super("keelson:services:OtelCollector", name, {}, opts);
    const { target, traces, logs, image = images["otel-collector"] } = args;
    const { resources = OTEL_COLLECTOR_RESOURCES } = args;
    check(args);
    const endpoint = target.run(name, () => otelCollectorRecipe({ traces, logs, image, resources }), {
      parent: this,
    });
    this.endpoint = ref`http://${Reference.to(endpoint, "otlp-http")}`;
    this.#standing = {
      OTEL_EXPORTER_OTLP_ENDPOINT: this.endpoint,
      OTEL_EXPORTER_OTLP_PROTOCOL: "http/protobuf",
      OTEL_TRACES_EXPORTER: traces ? "otlp" : "none",
      OTEL_TRACES_SAMPLER: "parentbased_traceidratio",
      OTEL_TRACES_SAMPLER_ARG: `${traces?.samplingRatio ?? SAMPLING_RATIO}`,
      OTEL_LOGS_EXPORTER: logs ? "otlp" : "none",
      // They are read where they are published.
      OTEL_METRICS_EXPORTER: "none",
    };
    this.registerOutputs({});
  }

  /**
   * What a program is told, in the variables that OpenTelemetry defines for all languages
   * (https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/).
   *
   * @param service - what its traces and logs are told apart by
   */
  variablesOf(service: string): Readonly<Record<string, Setting>> {
    return { OTEL_SERVICE_NAME: service, ...this.#standing };
  }
}

const SAMPLING_RATIO = 0.1;

function check({ traces, logs }: OtelCollectorArgs): void {
  const { samplingRatio: ratio = SAMPLING_RATIO } = traces ?? {};
  const errors = [
    ...(traces || logs
      ? []
      : [{ propertyPath: "traces", reason: "nothing would be passed on; give traces, logs, or both" }]),
    ...(ratio >= 0 && ratio <= 1
      ? []
      : [
          {
            propertyPath: "traces.samplingRatio",
            reason: `${ratio} is no share of requests; give a number from 0 for none to 1 for all`,
          },
        ]),
    ...(!logs || isName(logs.index)
      ? []
      : [
          {
            propertyPath: "logs.index",
            reason: `"${logs.index}" begins no name of an index; use small letters, digits, dots, underscores and hyphens, starting with a letter or a digit`,
          },
        ]),
  ];
  if (errors.length === 0) return;
  const message = errors.map(({ reason }) => reason).join("; ");
  throw new pulumi.InputPropertiesError({ message, errors });
}

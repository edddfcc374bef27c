import { hostname } from "node:os";
import { setTimeout as rest } from "node:timers/promises";
import { context, propagation } from "@opentelemetry/api";
import type { LogRecord } from "@opentelemetry/api-logs";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { W3CTraceContextPropagator } from "@opentelemetry/core";
import { OTLPLogExporter } from "@opentelemetry/exporter-logs-otlp-proto";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-proto";
import { UndiciInstrumentation } from "@opentelemetry/instrumentation-undici";
import { detectResources, envDetector, resourceFromAttributes } from "@opentelemetry/resources";
import { BatchLogRecordProcessor, LoggerProvider } from "@opentelemetry/sdk-logs";
import { BasicTracerProvider, BatchSpanProcessor } from "@opentelemetry/sdk-trace-base";
import type { Variables } from "../environment.ts";
import { traceIncoming } from "./incoming.ts";
import { auditRecord, logRecord } from "./log-records.ts";
import { masking } from "./masking.ts";
import type { Telemetry, TelemetryOptions } from "./telemetry.ts";

/** Time that the collector is given to take what waits when the service stops. */
const flushMilliseconds = 2_000;

/**
 * Starts OpenTelemetry's SDK. Where to send, what to sample and how much may wait, it reads in the environment itself; what waits
 * is bounded, and what can't be sent is dropped in silence: no request is slowed or failed by it.
 */
export function startSdk({ service, variables, redact }: TelemetryOptions): Telemetry {
  const resource = resourceFromAttributes({
    "service.name": service,
    "service.instance.id": hostname(),
  }).merge(detectResources({ detectors: [envDetector] }));
  const traces = new BasicTracerProvider({
    resource,
    spanProcessors: isSent("TRACES", variables)
      ? [new BatchSpanProcessor(masking(new OTLPTraceExporter(), redact))]
      : [],
  });
  const logs = new LoggerProvider({
    resource,
    processors: isSent("LOGS", variables)
      ? [new BatchLogRecordProcessor({ exporter: new OTLPLogExporter() })]
      : [],
  });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  // What is asked for no request, such as a proof in the background, would be most of what is seen.
  const outgoing = new UndiciInstrumentation({ requireParentforSpans: true });
  outgoing.setTracerProvider(traces);

  const logger = logs.getLogger(scope);
  // A record of the log has the trace in which it was written.
  const emit = (record: LogRecord) => logger.emit({ ...record, context: context.active() });
  return {
    incoming: (options) => traceIncoming(traces.getTracer(scope), options),
    log: (line) => emit(logRecord(line)),
    audit: (entry) => emit(auditRecord(entry, redact)),
    stop: async () => {
      outgoing.disable();
      const sent = Promise.allSettled([traces.shutdown(), logs.shutdown()]);
      await Promise.race([sent, rest(flushMilliseconds, undefined, { ref: false })]);
    },
  };
}

const scope = "keelson-reference-app";

/** Whether one kind of telemetry is sent: it is, unless it is asked not to be. */
function isSent(signal: "TRACES" | "LOGS", variables: Variables): boolean {
  return (variables[`OTEL_${signal}_EXPORTER`] ?? "otlp") === "otlp";
}

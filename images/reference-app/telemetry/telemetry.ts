import type { MiddlewareHandler } from "hono";
import type { AuditEntry } from "../audit/audit-log.ts";
import type { Variables } from "../environment.ts";
import type { IncomingOptions } from "./incoming.ts";

/** What leaves the service for a collector: traces of its requests, and its logs. */
export interface Telemetry {
  /** Traces the requests of an application. */
  readonly incoming: (options: IncomingOptions) => MiddlewareHandler;
  /** Sends a line of the log, which is masked already. */
  readonly log: (line: string) => void;
  /** Sends an entry of the audit log. */
  readonly audit: (entry: AuditEntry) => void;
  /** Sends what waits, for two seconds at most, and then nothing any more. */
  readonly stop: () => Promise<void>;
}

/** What telemetry is made with. */
export interface TelemetryOptions {
  /** Name of the service, where OTEL_SERVICE_NAME doesn't say another. */
  readonly service: string;
  readonly variables: Variables;
  /** Masks the credentials in a text. */
  readonly redact: (text: string) => string;
}

/**
 * Starts to send telemetry where OTEL_EXPORTER_OTLP_ENDPOINT says where to; elsewhere nothing of it is loaded. All other variables
 * are OpenTelemetry's own, too: https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/
 *
 * @throws Error if another protocol is asked for than it speaks
 */
export async function startTelemetry(options: TelemetryOptions): Promise<Telemetry | undefined> {
  const { variables } = options;
  if (!variables["OTEL_EXPORTER_OTLP_ENDPOINT"] || variables["OTEL_SDK_DISABLED"] === "true")
    return undefined;
  const protocol = variables["OTEL_EXPORTER_OTLP_PROTOCOL"] ?? SPOKEN;
  if (protocol !== SPOKEN) {
    throw new Error(
      `OTEL_EXPORTER_OTLP_PROTOCOL is "${protocol}", which is not spoken here: set "${SPOKEN}"`,
    );
  }
  const { startSdk } = await import("./sdk.ts");
  return startSdk(options);
}

const SPOKEN = "http/protobuf";

import { SeverityNumber, type AnyValueMap, type LogRecord } from "@opentelemetry/api-logs";
import type { AuditEntry } from "../audit/audit-log.ts";

/** Levels of the log, as OpenTelemetry counts them. */
const severities: Readonly<Record<string, SeverityNumber>> = {
  trace: SeverityNumber.TRACE,
  debug: SeverityNumber.DEBUG,
  info: SeverityNumber.INFO,
  warn: SeverityNumber.WARN,
  error: SeverityNumber.ERROR,
  fatal: SeverityNumber.FATAL,
};

/** Begins the names of fields that are the application's own, so that they meet no other program's in one index. */
const own = "reference.";

/** A line of the log as a record. What is the same for all lines of a service says its resource. */
export function logRecord(line: string): LogRecord {
  const fields = fieldsOf(line);
  if (!fields) return { body: line.trimEnd() };
  const { level, time, msg, error, service: _service, application: _application, ...rest } = fields;
  return {
    timestamp: Date.parse(time),
    severityText: level,
    severityNumber: severities[level] ?? SeverityNumber.UNSPECIFIED,
    body: msg,
    attributes: {
      ...Object.fromEntries(Object.entries(rest).map(([name, value]) => [`${own}${name}`, value])),
      ...(typeof error === "string" && { "exception.stacktrace": error }),
    },
  };
}

/** What every line has, beside what is its own. */
interface Line extends AnyValueMap {
  readonly level: string;
  readonly time: string;
  readonly msg: string;
}

/** None where a masked secret looked like a part of the notation. */
function fieldsOf(line: string): Line | undefined {
  try {
    return JSON.parse(line) as Line;
  } catch {
    return undefined;
  }
}

/** An entry of the audit log as a record, whose event has a name. */
export function auditRecord(
  { event, account, address }: AuditEntry,
  redact: (text: string) => string,
): LogRecord {
  return {
    severityText: "info",
    severityNumber: SeverityNumber.INFO,
    body: redact(`${event}: ${account}`),
    attributes: {
      "event.name": event,
      "user.name": redact(account),
      ...(address !== undefined && { "client.address": redact(address) }),
      [`${own}log`]: "audit",
    },
  };
}

import { pino, type Logger } from "pino";
import type { Variables } from "./environment.ts";

/** Levels as Python's logging, uvicorn and pino name them, to pino's. */
const levels: Readonly<Record<string, string>> = {
  trace: "trace",
  debug: "debug",
  info: "info",
  warn: "warn",
  warning: "warn",
  error: "error",
  critical: "fatal",
  fatal: "fatal",
};

/** Where log lines go. */
export interface Destination {
  write(line: string): void;
}

/**
 * JSON logs, one object a line, at the level of LOG_LEVEL (any spelling that Python or pino know; others mean "info").
 *
 * @param redact - Masks the credentials in a line, whoever wrote them into it.
 */
export function createLogger(
  service: string,
  variables: Variables,
  redact: (text: string) => string,
  destination: Destination = process.stdout,
): Logger {
  const options = {
    level: levels[(variables["LOG_LEVEL"] ?? "info").toLowerCase()] ?? "info",
    base: { service, application: "keelson reference application" },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (level: string) => ({ level }) },
  };
  return pino(options, { write: (line) => destination.write(redact(line)) });
}

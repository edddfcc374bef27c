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
 * @param send - Hears of each line that was written.
 */
export function createLogger(
  service: string,
  variables: Variables,
  redact: (text: string) => string,
  destination: Destination = process.stdout,
  send: (line: string) => void = () => {},
): Logger {
  const options = {
    level: levels[(variables["LOG_LEVEL"] ?? "info").toLowerCase()] ?? "info",
    base: { service, application: "keelson reference application" },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (level: string) => ({ level }) },
  };
  const write = (line: string) => {
    const masked = redact(line);
    destination.write(masked);
    send(masked);
  };
  return pino(options, { write });
}

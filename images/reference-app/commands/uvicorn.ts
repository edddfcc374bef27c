import { parseArgs } from "node:util";
import { describe } from "../errors.ts";
import type { Command } from "./command.ts";
import { runUntilStopped } from "./run.ts";

/** Options of uvicorn that deployments use. Those that only tune Python are taken and change nothing. */
const options = {
  host: { type: "string" },
  port: { type: "string" },
  workers: { type: "string" },
  "timeout-graceful-shutdown": { type: "string" },
  "timeout-keep-alive": { type: "string" },
  "timeout-worker-healthcheck": { type: "string" },
  "limit-concurrency": { type: "string" },
  "limit-max-requests": { type: "string" },
  "limit-max-requests-jitter": { type: "string" },
  "log-level": { type: "string" },
  "root-path": { type: "string" },
  "forwarded-allow-ips": { type: "string" },
  "proxy-headers": { type: "boolean" },
  "access-log": { type: "boolean" },
  "server-header": { type: "boolean" },
  "use-colors": { type: "boolean" },
  loop: { type: "string" },
  http: { type: "string" },
  reload: { type: "boolean" },
} as const;

/** `uvicorn app.main:app --host 0.0.0.0 --port 8001`: serves there. Options may come as UVICORN_* too, as uvicorn itself has it. */
export const uvicorn: Command = async (args, environment) => {
  const parsed = parse(args);
  if (typeof parsed === "string") {
    console.error(`uvicorn: ${parsed}`);
    return 2;
  }
  const { values, positionals } = parsed;
  const port = Number(values.port ?? environment["UVICORN_PORT"] ?? 8000);
  const level = values["log-level"];
  return runUntilStopped(["uvicorn", ...positionals].join(" "), {
    host: values.host ?? environment["UVICORN_HOST"] ?? "127.0.0.1",
    port,
    environment: level ? { ...environment, LOG_LEVEL: level } : environment,
    stopSeconds: Number(values["timeout-graceful-shutdown"] ?? 10),
  });
};

function parse(args: readonly string[]) {
  try {
    const parsed = parseArgs({ args: [...args], options, allowPositionals: true, allowNegative: true });
    return parsed.positionals.length === 1 ? parsed : "expected one application, as in app.main:app";
  } catch (error) {
    return describe(error);
  }
}

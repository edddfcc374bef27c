import type { Command } from "./command.ts";
import { runUntilStopped } from "./run.ts";

/** `node server.js`: serves as Next.js's standalone server does, at HOSTNAME (all addresses) and PORT (3000). */
export const next: Command = (_, environment) =>
  runUntilStopped("node server.js", {
    host: environment["HOSTNAME"] || "0.0.0.0",
    port: Number(environment["PORT"] || 3000),
    environment,
  });

import type { Command } from "./command.ts";
import { runUntilStopped } from "./run.ts";

/** `python -m vecpipe.search_api`: serves at SEARCH_API_HOST (all addresses) and SEARCH_API_PORT (8000). */
export const searchApi: Command = (_, environment) =>
  runUntilStopped("python -m vecpipe.search_api", {
    host: environment["SEARCH_API_HOST"] || "0.0.0.0",
    port: Number(environment["SEARCH_API_PORT"] || 8000),
    environment,
  });

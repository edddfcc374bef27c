import { Reference } from "../model/reference.ts";
import type { Workload } from "../model/workload.ts";
import type { OllamaServer } from "../services/ollama.ts";
import { type Environment, environments } from "./environment.ts";
import type { ExternalApi, ScryfallSettings } from "./melvin-args.ts";
import type { Variables } from "./store-settings.ts";

/** What an application is told and given. */
export type Settings = Pick<Workload, "env" | "files" | "shared">;

/** Several settings as one. */
export function together(...all: readonly Settings[]): Required<Settings> {
  const merged = { env: {}, files: {}, shared: {} };
  for (const { env, files, shared } of all) {
    Object.assign(merged.env, env);
    Object.assign(merged.files, files);
    Object.assign(merged.shared, shared);
  }
  return merged;
}

/** What every application is told. */
export function commonVariables(environment: Environment): Variables {
  const { logLevel, debug } = environments[environment];
  // Python programs keep caches below their home, which is read-only.
  return { ENVIRONMENT: environment, LOG_LEVEL: logLevel, LOG_FORMAT: "json", DEBUG: debug, HOME: "/tmp" };
}

/** What the api alone is told. */
export function apiVariables(
  environment: Environment,
  { origin, port, jwtSecret }: { origin: string; port: number; jwtSecret: Reference },
): Variables {
  return {
    SERVICE_NAME: "api",
    HOST: "0.0.0.0",
    PORT: port,
    UVICORN_WORKERS: environments[environment].workers,
    PUBLIC_ORIGIN: origin,
    JWT_SECRET_KEY: jwtSecret,
  };
}

/** What an application is told of the server that runs language models. */
export function modelVariables({ url }: OllamaServer, model: string): Variables {
  return { OLLAMA_URL: url, OLLAMA_MODEL: model };
}

/** How Scryfall is asked, with the way out to it. */
export function scryfallVariables({
  requestsPerSecond,
  cacheDirectory,
}: Required<ScryfallSettings>): Variables {
  return {
    SCRYFALL_BASE_URL: Reference.outside("https://api.scryfall.com"),
    SCRYFALL_REQUESTS_PER_SECOND: requestsPerSecond,
    SCRYFALL_CACHE_DIR: cacheDirectory,
  };
}

/** Keys of APIs elsewhere, with the ways out to them. */
export function externalVariables(apis: Readonly<Record<string, ExternalApi>>): Variables {
  return Object.fromEntries(
    Object.entries(apis).flatMap(([name, { url, key }]) => [
      [`${name.toUpperCase()}_API_KEY`, Reference.hidden(key)],
      [`${name.toUpperCase()}_BASE_URL`, Reference.outside(url)],
    ]),
  );
}

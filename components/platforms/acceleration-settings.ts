import type { Input } from "@pulumi/pulumi";
import { Reference } from "../model/reference.ts";
import { type Environment, environments } from "./environment.ts";
import type { Variables } from "./store-settings.ts";

/** Who runs language models. */
export type ModelProvider = "openai" | "anthropic";

/** Variables of the providers' own client libraries, and the public addresses of their APIs. */
const MODEL_PROVIDERS: Readonly<Record<ModelProvider, { readonly prefix: string; readonly url: string }>> = {
  openai: { prefix: "OPENAI", url: "https://api.openai.com/v1" },
  anthropic: { prefix: "ANTHROPIC", url: "https://api.anthropic.com" },
};

/** What every service is told, with the values of the platform's own document. */
export function commonVariables(environment: Environment, origin: string, jwtSecret: Reference): Variables {
  const { logLevel, debug, workers } = environments[environment];
  return {
    FASTAPI_ENV: environment,
    LOG_LEVEL: logLevel,
    DEBUG: debug,
    UVICORN_WORKERS: workers,
    UVICORN_WORKER_CLASS: "uvicorn.workers.UvicornWorker",
    UVICORN_MAX_REQUESTS: 1000,
    UVICORN_MAX_REQUESTS_JITTER: 100,
    DATABASE_POOL_SIZE: 20,
    DATABASE_MAX_OVERFLOW: 30,
    DATABASE_POOL_TIMEOUT: 30,
    DATABASE_POOL_RECYCLE: 3600,
    REDIS_POOL_SIZE: 10,
    REDIS_MAX_CONNECTIONS: 50,
    ASYNC_BATCH_SIZE: 100,
    ASYNC_TIMEOUT: 30,
    JWT_SECRET_KEY: jwtSecret,
    JWT_ALGORITHM: "HS256",
    JWT_ACCESS_TOKEN_EXPIRE_MINUTES: 30,
    JWT_REFRESH_TOKEN_EXPIRE_DAYS: 7,
    CORS_ORIGINS: JSON.stringify([origin]),
    CORS_ALLOW_CREDENTIALS: true,
    CORS_ALLOW_METHODS: JSON.stringify(["GET", "POST", "PUT", "DELETE"]),
    CORS_ALLOW_HEADERS: JSON.stringify(["*"]),
    RATE_LIMIT_REQUESTS: 100,
    RATE_LIMIT_WINDOW: 60,
  };
}

/** Keys of language models, and the way out to those who run them. */
export function modelVariables(keys: Partial<Record<ModelProvider, Input<string>>>): Variables {
  const given = Object.entries(keys) as [ModelProvider, Input<string>][];
  return Object.fromEntries(
    given.flatMap(([provider, key]) => {
      const { prefix, url } = MODEL_PROVIDERS[provider];
      return [
        [`${prefix}_API_KEY`, Reference.hidden(key)],
        [`${prefix}_BASE_URL`, Reference.outside(url)],
      ];
    }),
  );
}

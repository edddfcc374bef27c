import { FILES } from "../model/workload.ts";
import type { Database } from "../services/database.ts";
import type { HttpService } from "../services/http-service.ts";
import { HF_HOME, HF_OFFLINE } from "../services/hugging-face-model.ts";
import type { Environment } from "./environment.ts";
import { byEnvironment, type SemantikVariables } from "./semantik-variables.ts";
import type { Variables } from "./store-settings.ts";

/** What every application is told. */
export function commonVariables(environment: Environment, variables: SemantikVariables): Variables {
  return {
    ENVIRONMENT: environment,
    ...byEnvironment[environment],
    ...variables,
    ...HF_OFFLINE,
    HF_CACHE_DIR: HF_HOME,
    // Programs keep caches below their home, which is read-only.
    HOME: "/tmp",
  };
}

/** What an application is told of the database, in the names of the platform's document and of PostgreSQL's client libraries. */
export function databaseSettings({ url, host, port, name, user, password, authority }: Database) {
  return {
    env: {
      DATABASE_URL: url,
      POSTGRES_HOST: host,
      POSTGRES_PORT: port,
      POSTGRES_DB: name,
      POSTGRES_USER: user,
      POSTGRES_PASSWORD: password,
      // libpq and asyncpg read them, whatever the URL says; neither understands the other's parameters in it.
      ...(authority && { PGSSLMODE: "verify-full", PGSSLROOTCERT: `${FILES}/database-authority.pem` }),
    },
    files: { ...(authority && { "database-authority.pem": authority }) },
  };
}

/** What `webui` is told of `vecpipe`. */
export function vecpipeVariables({ host, url }: HttpService): Variables {
  return { SEARCH_HOST: host, SEARCH_API_URL: url };
}

import { ref, type Setting } from "../model/reference.ts";
import { FILES } from "../model/workload.ts";
import type { ChromaServer } from "../services/chroma.ts";
import type { Database } from "../services/database.ts";
import type { QdrantServer } from "../services/qdrant.ts";

/** Settings of a service, by the name of the variable. */
export type Variables = Readonly<Record<string, Setting>>;

/** What a service is told of its database: an encrypted connection to a server that an authority vouches for. */
export function databaseSettings({ urlFor, authority }: Database) {
  return {
    env: {
      DATABASE_URL: ref`${urlFor("postgresql+asyncpg")}?ssl=require`,
      DATABASE_SSL_MODE: "require",
      ...(authority && { DATABASE_SSL_ROOT_CERT: `${FILES}/database-authority.pem` }),
    },
    files: { ...(authority && { "database-authority.pem": authority }) },
  };
}

/** What a service is told of a Chroma server; the last two are read by Chroma's own client library. */
export function chromaVariables({ url, host, port, token }: ChromaServer): Variables {
  return {
    VECTOR_STORE: "chroma",
    CHROMA_URL: url,
    CHROMA_HOST: host,
    CHROMA_PORT: port,
    ...(token && {
      CHROMA_CLIENT_AUTH_PROVIDER: "chromadb.auth.token_authn.TokenAuthClientProvider",
      CHROMA_CLIENT_AUTH_CREDENTIALS: token,
    }),
  };
}

/** What an application is told of Qdrant; its client takes the scheme from the URL, and would take https with a key alone. */
export function qdrantVariables({ url, host, port, apiKey }: QdrantServer): Variables {
  return {
    QDRANT_HOST: host,
    QDRANT_PORT: port,
    QDRANT_URL: url,
    ...(apiKey && { QDRANT_API_KEY: apiKey }),
  };
}

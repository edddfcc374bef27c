import type { Reference } from "../model/reference.ts";
import type { HttpService } from "../services/http-service.ts";
import { HF_OFFLINE } from "../services/hugging-face-model.ts";
import type { OllamaServer } from "../services/ollama.ts";
import type { SearchClient } from "../services/search-client.ts";
import { type Environment, environments } from "./environment.ts";
import { INDEX } from "./skills-services.ts";
import type { Variables } from "./store-settings.ts";

/** What every application is told. */
export function commonVariables(environment: Environment): Variables {
  const { logLevel, debug } = environments[environment];
  // Programs keep caches below their home, which is read-only.
  return { ENVIRONMENT: environment, LOG_LEVEL: logLevel, DEBUG: debug, HOME: "/tmp" };
}

/** What the backend alone is told. */
export function backendVariables(
  { url }: SearchClient,
  embeddingModel: string,
  models: { readonly server: OllamaServer; readonly model: string },
  mcpApiKeys: Reference,
): Variables {
  return {
    SERVICE_NAME: "backend",
    ELASTICSEARCH_URL: url,
    ELASTICSEARCH_INDEX: INDEX,
    EMBEDDING_MODEL: embeddingModel,
    ...HF_OFFLINE,
    OLLAMA_URL: models.server.url,
    OLLAMA_MODEL: models.model,
    MCP_API_KEYS: mcpApiKeys,
  };
}

/** What the dashboard alone is told. */
export function dashboardVariables({ url }: HttpService, host: string): Variables {
  return {
    SERVICE_NAME: "dashboard",
    BACKEND_URL: url,
    STREAMLIT_SERVER_HEADLESS: true,
    // Else it asks a server on the internet for its own address.
    STREAMLIT_BROWSER_SERVER_ADDRESS: host,
    STREAMLIT_BROWSER_GATHER_USAGE_STATS: false,
    // Its sources never change while it runs.
    STREAMLIT_SERVER_FILE_WATCHER_TYPE: "none",
  };
}

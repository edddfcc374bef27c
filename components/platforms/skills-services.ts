import type { Scaling } from "../model/scaling.ts";
import type { Resources } from "../model/workload.ts";
import type { OllamaModel } from "../services/ollama-model.ts";

/** Services that have a size. */
export type SkillsService = "backend" | "dashboard" | "elasticsearch" | "ollama";

/** What a service is promised, the most it may use, and the room of its data. */
export interface SkillsSize extends Omit<Resources, "gpus"> {
  /** Room of its volume, in GiB; 0 for what keeps nothing of its own. Raised later at will, never lowered. */
  readonly storageGiB: number;
}

/** The budget; the platform's document states a heap for Elasticsearch alone, of 512 MiB, for a demonstration. */
export const sizes: Readonly<Record<SkillsService, SkillsSize>> = {
  // The embedding model, with the libraries that run it, in one process.
  backend: { cpuRequest: 0.25, cpuLimit: 2, memoryRequestMiB: 1024, memoryLimitMiB: 2048, storageGiB: 0 },
  dashboard: { cpuRequest: 0.1, cpuLimit: 1, memoryRequestMiB: 256, memoryLimitMiB: 1024, storageGiB: 0 },
  elasticsearch: {
    cpuRequest: 0.5,
    cpuLimit: 2,
    memoryRequestMiB: 2048,
    memoryLimitMiB: 2048,
    storageGiB: 20,
  },
  // A model of up to 4 thousand million parameters in four bits, with a context; all processors while it answers.
  ollama: { cpuRequest: 1, cpuLimit: 4, memoryRequestMiB: 5120, memoryLimitMiB: 6144, storageGiB: 30 },
};

/** Port and health path of those that are asked over the network; the second path is Streamlit's own. */
export const addresses = {
  backend: { port: 8000, ready: "/health" },
  dashboard: { port: 8501, ready: "/_stcore/health" },
} as const;

/** Name of the index that skills are kept in. */
export const INDEX = "agent_skills";

/** The user of Elasticsearch whose the index is. */
export const CLIENT = "backend";

/** Gemma 2 in the form that answers at reading speed on four cores, without a graphics processor. */
export const DEFAULT_MODEL: OllamaModel = { name: "gemma2:2b" };

/** The embedding model of the platform's document, and how many numbers a vector of it has. */
export const DEFAULT_EMBEDDING = { model: "all-MiniLM-L6-v2", dimensions: 384 } as const;

/** Room for the embedding model, in GiB. */
export const MODEL_ROOM_GIB = 5;

/** How far the backend may be scaled: by the requests it gets, or its processors where a cluster can't count these. */
export const BACKEND_SCALING: Scaling = {
  min: 2,
  max: 10,
  signals: [{ kind: "metric", name: "http_requests_per_second", perCopy: 20 }],
};

/**
 * Longest silence on a connection, in seconds: MCP's streams and the WebSockets of the dashboard are open for as long as
 * their clients are, and may have nothing to say.
 */
export const STREAM_IDLE_SECONDS = 3600;

/** Time until the backend must have loaded its embedding model, in seconds. */
export const MODEL_START_SECONDS = 180;

/** Programs of the platform's images that a stack may start in another way. */
export type SkillsCommand = "backend" | "dashboard" | "download";

/** The usual commands. */
export const commands: Readonly<Record<SkillsCommand, readonly string[]>> = {
  // One process a copy: an MCP session is in the memory of the process that began it.
  backend: ["uvicorn", "app.main:app", "--host", "0.0.0.0", "--port", `${addresses.backend.port}`],
  dashboard: [
    ...["streamlit", "run", "app.py"],
    ...["--server.address", "0.0.0.0", "--server.port", `${addresses.dashboard.port}`],
  ],
  download: ["hf", "download"],
};

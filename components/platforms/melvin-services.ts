import type { Scaling } from "../model/scaling.ts";
import type { Resources } from "../model/workload.ts";
import type { OllamaModel } from "../services/ollama-model.ts";
import type { MelvinVectors } from "./melvin-args.ts";

/** What a service is promised, the most it may use, and the room of its data. */
export interface MelvinSize extends Omit<Resources, "gpus"> {
  /** Room of its volume, in GiB; 0 for what keeps nothing of its own. Raised later at will, never lowered. */
  readonly storageGiB: number;
}

/** Services that have a size. */
export type MelvinService = "api" | "worker" | "postgres" | "mongodb" | "qdrant" | "chroma" | "ollama";

/**
 * The budget. With a proxy, one vector database and the folders below, it comes to 3.1 cores, 12.1 GiB of memory and
 * 147 GiB of disk; a machine of 4 cores, 16 GiB and 500 GiB may promise 3.4, 13.6 and 425.
 */
export const sizes: Readonly<Record<MelvinService, MelvinSize>> = {
  api: { cpuRequest: 0.75, cpuLimit: 2, memoryRequestMiB: 2048, memoryLimitMiB: 3072, storageGiB: 0 },
  // Ends what it has to do as soon as it can, while nothing else needs the processors.
  worker: { cpuRequest: 0.25, cpuLimit: 2, memoryRequestMiB: 1024, memoryLimitMiB: 2048, storageGiB: 1 },
  postgres: { cpuRequest: 0.25, cpuLimit: 1, memoryRequestMiB: 1024, memoryLimitMiB: 1024, storageGiB: 20 },
  mongodb: { cpuRequest: 0.25, cpuLimit: 1, memoryRequestMiB: 1024, memoryLimitMiB: 1024, storageGiB: 30 },
  qdrant: { cpuRequest: 0.25, cpuLimit: 1, memoryRequestMiB: 1024, memoryLimitMiB: 1024, storageGiB: 20 },
  chroma: { cpuRequest: 0.15, cpuLimit: 1, memoryRequestMiB: 512, memoryLimitMiB: 1024, storageGiB: 20 },
  // A model of 8 thousand million parameters in four bits, about 5 GB, with a context; all processors while it answers.
  ollama: { cpuRequest: 1.25, cpuLimit: 4, memoryRequestMiB: 6144, memoryLimitMiB: 7168, storageGiB: 40 },
};

/** Folders that the applications share: where each is, and its room in GiB. Where cards are kept is a setting. */
export const folders = {
  audit: { path: "/var/log/melvin/audit", sizeGiB: 5 },
  cards: { sizeGiB: 30 },
  index: { path: "/var/lib/melvin/index", sizeGiB: 10 },
} as const;

/** Whether several processes may write vectors at the same time, by where these are kept. */
export const severalMayWrite: Readonly<Record<MelvinVectors["kind"], boolean>> = {
  qdrant: true,
  chroma: true,
  faiss: false,
};

/** Where the worker writes down what it could not ingest. */
export const INGESTION_LOG = "/var/lib/melvin/ingestion";

/** Small enough to answer at reading speed on four cores, without a graphics processor. */
export const DEFAULT_MODEL: OllamaModel = { name: "llama3.2:3b" };

/** Commands of the applications' images. */
export type MelvinCommand = "api" | "worker" | "workerCheck" | "migrations" | "admin" | "ingestion";

/** The usual commands, all but the api's, which has the port in it. */
export const commands: Readonly<Record<Exclude<MelvinCommand, "api">, readonly string[]>> = {
  worker: ["python", "-m", "app.worker"],
  workerCheck: ["python", "-m", "app.worker", "--check"],
  migrations: ["alembic", "upgrade", "head"],
  admin: ["python", "-m", "app.bootstrap_admin"],
  ingestion: ["python", "-m", "app.ingest"],
};

/** How far the api may be scaled: as far as one node of 4 vCPU has room for, with one more during an update. */
export const API_SCALING: Scaling = {
  min: 2,
  max: 3,
  signals: [
    { kind: "cpu", percent: 70 },
    { kind: "metric", name: "http_requests_per_second", perCopy: 20 },
  ],
};

/** Longest silence on a connection to the api, in seconds: an answer is streamed, and a model may think for long. */
export const STREAM_IDLE_SECONDS = 3600;

/** Name of the platform's database, on PostgreSQL as on MongoDB. */
export const DATABASE = "melvin";

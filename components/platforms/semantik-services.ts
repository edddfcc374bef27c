import type { Scaling, Signal } from "../model/scaling.ts";
import type { Probe, Resources, User } from "../model/workload.ts";
import type { RedisServer } from "../services/redis.ts";

/** The platform's applications. */
export type ServiceName = "vecpipe" | "webui" | "worker";

/** What sets one application apart from the others. */
export interface ServiceFacts {
  /** Reserved share of processors; the platform's document says nothing of it. */
  readonly cpuRequest: number;
  /** Whether it computes vectors, which graphics processors do faster. */
  readonly computes: boolean;
  readonly copies: Pick<Scaling, "min" | "max">;
}

/** Facts of the applications. */
export const services: Readonly<Record<ServiceName, ServiceFacts>> = {
  vecpipe: { cpuRequest: 0.75, computes: true, copies: { min: 1, max: 3 } },
  webui: { cpuRequest: 0.5, computes: false, copies: { min: 2, max: 4 } },
  worker: { cpuRequest: 0.75, computes: true, copies: { min: 1, max: 4 } },
};

/** Port and health path of those that are asked over the network. */
export const addresses = {
  vecpipe: { port: 8000, ready: "/health" },
  webui: { port: 8080, ready: "/api/health/readyz" },
} as const;

/** How often each is asked about its health: as the platform's document has it. */
export const HEALTH: Required<Pick<Probe, "periodSeconds" | "timeoutSeconds" | "failures">> = {
  periodSeconds: 30,
  timeoutSeconds: 10,
  failures: 3,
};

/** What an application is promised and may use: 2 G and 4 G, and two cores, as the platform's document has it. */
export function resourcesOf(service: ServiceName, gpus: number): Resources {
  const { cpuRequest, computes } = services[service];
  const sizes = { cpuRequest, cpuLimit: 2, memoryRequestMiB: 2048, memoryLimitMiB: 4096 };
  return computes && gpus > 0 ? { ...sizes, gpus } : sizes;
}

/** Enough for a job that imports the web application, with its libraries for models. */
export const APPLICATION_JOB_RESOURCES: Resources = {
  cpuRequest: 0.1,
  cpuLimit: 1,
  memoryRequestMiB: 256,
  memoryLimitMiB: 2048,
};

/** How far an application may be scaled, unless a stack says otherwise: graphics processors are not taken unasked. */
export function copiesOf(service: ServiceName, gpus: number): ServiceFacts["copies"] {
  const { computes, copies } = services[service];
  return computes && gpus > 0 ? { min: 1, max: 1 } : copies;
}

/** What tells how many copies of a service that answers requests are needed. */
export const BUSY: readonly Signal[] = [{ kind: "cpu", percent: 70 }];

/** Tasks that wait for one worker before another is started. */
const WAITING_TASKS = 10;

/** What tells how many workers are needed: the list that Celery keeps its default queue in. */
export function waitingTasks({ address, password }: RedisServer): readonly Signal[] {
  return [{ kind: "queue", server: address, password, list: "celery", perCopy: WAITING_TASKS }];
}

/** Longest silence on a connection to `webui`, in seconds: progress comes over WebSockets, which may have nothing to say. */
export const IDLE_SECONDS = 3600;

/** Time until `vecpipe` must have loaded its first model, in seconds. */
export const MODEL_START_SECONDS = 300;

/** Whom the images run as, and whose the folders are: the document's `appuser`. */
export const APPLICATION_USER: User = { uid: 1000, gid: 1000 };

/** The one capability that the platform's document leaves its containers. */
export const CAPABILITIES = {
  NET_BIND_SERVICE: "the platform's document keeps it, for images that listen on ports below 1024",
};

/** Where the applications find folders that outlive them, and documents. */
export const PATHS = { data: "/app/data", logs: "/app/logs", documents: "/mnt/docs" } as const;

/** Name of the folder with documents, which somebody else fills. */
export const DOCUMENTS = "documents";

import type { Scaling, Signal } from "../model/scaling.ts";
import type { Resources } from "../model/workload.ts";

/** The platform's FastAPI services. */
export type ServiceName =
  | "gateway"
  | "orchestrator"
  | "agents"
  | "tools"
  | "rag"
  | "sqltool"
  | "workflow-engine"
  | "observability";

/** What sets one service apart from the others. */
export interface ServiceFacts {
  readonly port: number;
  /** Its place under `/api/`. */
  readonly path: string;
  readonly resources: Resources;
  /** Services whose address it is told. */
  readonly calls: readonly ServiceName[];
  /** Whether it searches vectors. */
  readonly vectors: boolean;
  /** Whether it asks language models, with the keys of the stack. */
  readonly models: boolean;
  /** What tells how many copies are needed, where there can be more than one. */
  readonly signals: readonly Signal[];
}

const COMMON: Resources = { cpuRequest: 0.25, cpuLimit: 0.5, memoryRequestMiB: 512, memoryLimitMiB: 1024 };
const ROUTING: Resources = { cpuRequest: 0.5, cpuLimit: 1, memoryRequestMiB: 1024, memoryLimitMiB: 2048 };
const VECTORS: Resources = { cpuRequest: 0.5, cpuLimit: 1, memoryRequestMiB: 2048, memoryLimitMiB: 4096 };

const BUSY: readonly Signal[] = [
  { kind: "cpu", percent: 70 },
  { kind: "memory", percent: 80 },
];

/** Ports, sizes and relations of the services. */
export const services: Readonly<Record<ServiceName, ServiceFacts>> = {
  tools: {
    port: 8003,
    path: "tools",
    resources: COMMON,
    calls: [],
    vectors: false,
    models: false,
    signals: [{ kind: "metric", name: "tool_requests_per_second", perCopy: 20 }],
  },
  rag: {
    port: 8004,
    path: "rag",
    resources: VECTORS,
    calls: [],
    vectors: true,
    models: true,
    signals: [{ kind: "metric", name: "document_queue_length", perCopy: 50 }],
  },
  sqltool: {
    port: 8005,
    path: "sqltool",
    resources: COMMON,
    calls: [],
    vectors: false,
    models: true,
    signals: BUSY,
  },
  agents: {
    port: 8002,
    path: "agents",
    resources: COMMON,
    calls: ["tools", "rag", "sqltool"],
    vectors: false,
    models: true,
    signals: BUSY,
  },
  "workflow-engine": {
    port: 8006,
    path: "workflow",
    resources: COMMON,
    calls: ["agents", "tools"],
    vectors: false,
    models: false,
    signals: BUSY,
  },
  orchestrator: {
    port: 8001,
    path: "orchestrator",
    resources: COMMON,
    calls: ["agents", "workflow-engine"],
    vectors: false,
    models: true,
    signals: [{ kind: "metric", name: "active_workflows", perCopy: 10 }],
  },
  observability: {
    port: 8007,
    path: "observability",
    resources: COMMON,
    calls: [],
    vectors: false,
    models: false,
    signals: [{ kind: "metric", name: "telemetry_items_per_second", perCopy: 500 }],
  },
  gateway: {
    port: 8000,
    path: "gateway",
    resources: ROUTING,
    calls: ["orchestrator", "agents", "tools", "rag", "sqltool", "workflow-engine", "observability"],
    vectors: false,
    models: false,
    signals: [...BUSY, { kind: "metric", name: "http_requests_per_second", perCopy: 100 }],
  },
};

/** Services, each after those that it calls. */
export const inOrder: readonly ServiceName[] = order();

/** What the web application is promised, and the most it may use. */
export const WEB_RESOURCES: Resources = COMMON;

/**
 * Longest silence on a connection to a service, in seconds: answers of language models and of tools come as streams, which
 * are silent while a model thinks or a tool runs.
 */
export const STREAM_IDLE_SECONDS = 3600;

/** How far each service may be scaled: as the platform's document scales its gateway. */
export function scalingOf(service: ServiceName): Scaling {
  return { min: 2, max: 10, signals: services[service].signals };
}

/** How far the web application may be scaled. */
export const WEB_SCALING: Scaling = { min: 2, max: 4, signals: BUSY };

/** Name of a service's database. */
export function databaseName(service: ServiceName): string {
  return service.replaceAll("-", "_");
}

function order(): ServiceName[] {
  const placed = new Set<ServiceName>();
  const place = (name: ServiceName): void => {
    for (const callee of services[name].calls) if (!placed.has(callee)) place(callee);
    placed.add(name);
  };
  for (const name of Object.keys(services) as ServiceName[]) place(name);
  return [...placed];
}

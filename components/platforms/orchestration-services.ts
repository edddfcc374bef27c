import type { Metrics } from "../model/monitoring.ts";
import type { Signal } from "../model/scaling.ts";
import type { Probe } from "../model/workload.ts";
import type { KafkaClient, KafkaTopic } from "../services/kafka.ts";

type Rhythm = Pick<Probe, "periodSeconds">;

/**
 * Where and how often MCP servers are asked about their health. The platform's document waits 5 s before the first
 * question and 30 s before the first that may end in a restart; here both wait until the server has answered once.
 */
export const HEALTH: { readonly path: string; readonly readiness: Rhythm; readonly liveness: Rhythm } = {
  path: "/health",
  readiness: { periodSeconds: 5 },
  liveness: { periodSeconds: 10 },
};

/** Time in which an application must have become ready first, in seconds: four times as long as the document waits. */
export const STARTUP_SECONDS = 120;

/** Where MCP servers publish metrics, and how often they are read. */
export const METRICS: Omit<Metrics, "port"> = { path: "/metrics", intervalSeconds: 5 };

/**
 * Longest silence on a connection to an MCP server, in seconds: MCP's answers come as streams, which are silent while an
 * agent works.
 */
export const IDLE_SECONDS = 3600;

/** What tells how many MCP servers are needed. */
export const BUSY: readonly Signal[] = [
  { kind: "cpu", percent: 70 },
  { kind: "memory", percent: 80 },
];

/** Events that wait for one copy of the core services before another is started. */
const WAITING_EVENTS = 100;

/** What tells how many core services are needed: the events of a topic that they have not taken yet. */
export function waitingEvents(kafka: KafkaClient, { name: topic }: KafkaTopic, group: string): Signal {
  return { kind: "lag", server: kafka.bootstrap, topic, group, perCopy: WAITING_EVENTS, login: kafka };
}

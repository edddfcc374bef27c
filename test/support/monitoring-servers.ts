import type { Watched } from "../../components/model/monitoring.ts";
import { type Endpoint, Reference } from "../../components/model/reference.ts";
import { AGENT_DASHBOARD } from "../../components/monitoring/agent-dashboard.ts";
import { MONGODB_ALERTS, MONGODB_DASHBOARD } from "../../components/monitoring/mongodb.ts";
import { POSTGRES_ALERTS, POSTGRES_DASHBOARD } from "../../components/monitoring/postgres.ts";
import { REDIS_ALERTS, REDIS_DASHBOARD } from "../../components/monitoring/redis.ts";
import { STANDARD_DASHBOARDS } from "../../components/monitoring/standard-dashboards.ts";
import { watchAlerts } from "../../components/monitoring/watch-alerts.ts";
import { Grafana } from "../../components/services/grafana.ts";
import { PostgresExporter } from "../../components/services/postgres-exporter.ts";
import { Postgres } from "../../components/services/postgres.ts";
import { Prometheus } from "../../components/services/prometheus.ts";
import { RedisExporter } from "../../components/services/redis-exporter.ts";
import { Redis } from "../../components/services/redis.ts";
import { embeddedReference } from "../../embedded/images/recipes.ts";
import { deploy } from "./engine.ts";
import { RecordingTarget } from "./recording-target.ts";

/** What is watched, and at which port. */
export const EXPORTERS = { "redis-exporter": 9121, "postgres-exporter": 9187 } as const;

/** All that keelson has. */
export const dashboards = [
  ...STANDARD_DASHBOARDS,
  AGENT_DASHBOARD,
  REDIS_DASHBOARD,
  POSTGRES_DASHBOARD,
  MONGODB_DASHBOARD,
];

/** Read every second, since nobody wants to wait in a test. */
export const watch: readonly Watched[] = Object.entries(EXPORTERS).map(([name, port]) => {
  const endpoint: Endpoint = { host: name, ports: { http: { number: port } }, ready: [] };
  return {
    name,
    host: Reference.host(endpoint, "http"),
    port,
    path: "/metrics",
    intervalSeconds: 1,
    memoryLimitMiB: 96,
  };
});

/** Those of all stores, and one that is given at once. */
export const alerts = {
  ...REDIS_ALERTS,
  ...POSTGRES_ALERTS,
  ...MONGODB_ALERTS,
  Down: { ...watchAlerts(watch)["Down"]!, forSeconds: 0 },
};

/** Everything that is watched and watches, as a target is asked for it. */
export async function monitoringServers(): Promise<RecordingTarget> {
  const target = new RecordingTarget();
  const image = embeddedReference;
  await deploy(() => {
    const cache = new Redis("cache", { target, evict: "never", image: image("redis") });
    const db = new Postgres("db", { target, image: image("postgres") });
    new RedisExporter("redis-exporter", { target, server: cache, image: image("redis-exporter") });
    const database = db.monitoring();
    new PostgresExporter("postgres-exporter", { target, database, image: image("postgres-exporter") });
    const prometheus = new Prometheus("prometheus", { target, watch, alerts, image: image("prometheus") });
    new Grafana("grafana", { target, prometheus, dashboards, image: image("grafana") });
  });
  return target;
}

import type { Alerts, Dashboard } from "../model/monitoring.ts";

/** What is wrong with a Redis server, by the metrics of its exporter. */
export const REDIS_ALERTS: Alerts = {
  RedisUnreachable: {
    expr: "redis_up == 0",
    forSeconds: 60,
    severity: "critical",
    summary: "the server that {{ $labels.job }} watches does not answer",
  },
  RedisMemoryFull: {
    expr: "redis_memory_used_bytes / (redis_memory_max_bytes > 0) > 0.9",
    forSeconds: 300,
    severity: "warning",
    summary: "the server that {{ $labels.job }} watches uses {{ $value | humanizePercentage }} of its memory",
  },
  RedisConnectionsRefused: {
    expr: "increase(redis_rejected_connections_total[5m]) > 0",
    forSeconds: 0,
    severity: "warning",
    summary: "the server that {{ $labels.job }} watches has as many connections as it takes",
  },
};

/** How a Redis server is used. */
export const REDIS_DASHBOARD: Dashboard = {
  title: "Redis",
  panels: [
    {
      title: "Commands",
      expr: [{ expr: "sum by (job) (rate(redis_commands_processed_total[5m]))", legend: "{{job}}" }],
      unit: "perSecond",
      kind: "timeseries",
    },
    {
      title: "Memory",
      expr: [
        { expr: "redis_memory_used_bytes", legend: "{{job}} used" },
        { expr: "redis_memory_max_bytes", legend: "{{job}} most" },
      ],
      unit: "bytes",
      kind: "timeseries",
    },
    {
      title: "Keys found of those asked for",
      expr: [
        {
          expr: "rate(redis_keyspace_hits_total[5m]) / (rate(redis_keyspace_hits_total[5m]) + rate(redis_keyspace_misses_total[5m]))",
          legend: "{{job}}",
        },
      ],
      unit: "ratio",
      kind: "timeseries",
    },
    {
      title: "Keys",
      expr: [{ expr: "redis_db_keys > 0", legend: "{{job}} {{db}}" }],
      unit: "count",
      kind: "timeseries",
    },
    {
      title: "Keys evicted",
      expr: [{ expr: "rate(redis_evicted_keys_total[5m])", legend: "{{job}}" }],
      unit: "perSecond",
      kind: "timeseries",
    },
    {
      title: "Clients",
      expr: [{ expr: "redis_connected_clients", legend: "{{job}}" }],
      unit: "count",
      kind: "timeseries",
    },
  ],
};

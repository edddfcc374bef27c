import type { Alerts, Dashboard } from "../model/monitoring.ts";

/** What is wrong with a PostgreSQL server, by the metrics of its exporter. */
export const POSTGRES_ALERTS: Alerts = {
  PostgresUnreachable: {
    expr: "pg_up == 0",
    forSeconds: 60,
    severity: "critical",
    summary: "the server that {{ $labels.job }} watches does not answer",
  },
  PostgresConnectionsNearlyAll: {
    expr: "sum by (job) (pg_stat_database_numbackends) / max by (job) (pg_settings_max_connections) > 0.8",
    forSeconds: 300,
    severity: "warning",
    summary: "{{ $value | humanizePercentage }} of the connections that {{ $labels.job }} sees are taken",
  },
  PostgresDeadlocks: {
    expr: "sum by (job, datname) (increase(pg_stat_database_deadlocks[15m])) > 0",
    forSeconds: 0,
    severity: "warning",
    summary: "transactions in {{ $labels.datname }} waited for each other, and one was ended",
  },
};

/** How a PostgreSQL server is used. */
export const POSTGRES_DASHBOARD: Dashboard = {
  title: "PostgreSQL",
  panels: [
    {
      title: "Transactions",
      expr: [
        {
          expr: "sum by (datname) (rate(pg_stat_database_xact_commit[5m]))",
          legend: "{{datname}} committed",
        },
        {
          expr: "sum by (datname) (rate(pg_stat_database_xact_rollback[5m]))",
          legend: "{{datname}} rolled back",
        },
      ],
      unit: "perSecond",
      kind: "timeseries",
    },
    {
      title: "Connections",
      expr: [
        { expr: "sum by (datname) (pg_stat_database_numbackends)", legend: "{{datname}}" },
        { expr: "max by (job) (pg_settings_max_connections)", legend: "{{job}} most" },
      ],
      unit: "count",
      kind: "timeseries",
    },
    {
      title: "Size",
      expr: [{ expr: "max by (datname) (pg_database_size_bytes)", legend: "{{datname}}" }],
      unit: "bytes",
      kind: "timeseries",
    },
    {
      title: "Blocks found in memory",
      expr: [
        {
          expr: "sum by (datname) (rate(pg_stat_database_blks_hit[5m])) / (sum by (datname) (rate(pg_stat_database_blks_hit[5m])) + sum by (datname) (rate(pg_stat_database_blks_read[5m])))",
          legend: "{{datname}}",
        },
      ],
      unit: "ratio",
      kind: "timeseries",
    },
    {
      title: "Deadlocks",
      expr: [{ expr: "sum by (datname) (rate(pg_stat_database_deadlocks[5m]))", legend: "{{datname}}" }],
      unit: "perSecond",
      kind: "timeseries",
    },
    {
      title: "Locks",
      expr: [{ expr: "sum by (datname, mode) (pg_locks_count) > 0", legend: "{{datname}} {{mode}}" }],
      unit: "count",
      kind: "timeseries",
    },
  ],
};

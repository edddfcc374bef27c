import type { Alerts, Dashboard } from "../model/monitoring.ts";

/** What is wrong with a MongoDB server, by the metrics of its exporter. */
export const MONGODB_ALERTS: Alerts = {
  MongodbUnreachable: {
    expr: "mongodb_up == 0",
    forSeconds: 60,
    severity: "critical",
    summary: "the server that {{ $labels.job }} watches does not answer",
  },
  MongodbConnectionsNearlyAll: {
    expr: `sum by (job) (mongodb_ss_connections{conn_type="current"}) / sum by (job) (mongodb_ss_connections{conn_type=~"current|available"}) > 0.8`,
    forSeconds: 300,
    severity: "warning",
    summary: "{{ $value | humanizePercentage }} of the connections that {{ $labels.job }} sees are taken",
  },
};

/** How a MongoDB server is used. */
export const MONGODB_DASHBOARD: Dashboard = {
  title: "MongoDB",
  panels: [
    {
      title: "Operations",
      expr: [
        {
          expr: "sum by (legacy_op_type) (rate(mongodb_ss_opcounters[5m]))",
          legend: "{{legacy_op_type}}",
        },
      ],
      unit: "perSecond",
      kind: "timeseries",
    },
    {
      title: "Connections",
      expr: [{ expr: `mongodb_ss_connections{conn_type="current"}`, legend: "{{job}}" }],
      unit: "count",
      kind: "timeseries",
    },
    {
      title: "Size",
      expr: [{ expr: "max by (database) (mongodb_dbstats_storageSize)", legend: "{{database}}" }],
      unit: "bytes",
      kind: "timeseries",
    },
    {
      title: "Memory of the storage engine's cache",
      expr: [
        { expr: "mongodb_ss_wt_cache_bytes_currently_in_the_cache", legend: "{{job}} used" },
        { expr: "mongodb_ss_wt_cache_maximum_bytes_configured", legend: "{{job}} most" },
      ],
      unit: "bytes",
      kind: "timeseries",
    },
  ],
};

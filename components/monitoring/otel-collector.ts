import type { Alerts, Dashboard } from "../model/monitoring.ts";

/** What an OpenTelemetry collector takes in and passes on, as its metrics name them. */
const SIGNALS = { spans: "Spans", log_records: "Logs" } as const;

/** What is wrong with an OpenTelemetry collector, by its own metrics: https://opentelemetry.io/docs/collector/internal-telemetry/ */
export const OTEL_COLLECTOR_ALERTS: Alerts = Object.fromEntries(
  Object.entries(SIGNALS).flatMap(([signal, name]) => {
    const what = name.toLowerCase();
    return [
      [
        `${name}Refused`,
        {
          expr: `sum by (job) (rate(otelcol_receiver_refused_${signal}_total[5m])) > 0`,
          forSeconds: 300,
          severity: "warning",
          summary: `{{ $labels.job }} has no memory left for more ${what}: programs keep theirs, and lose them in the end`,
        },
      ],
      [
        `${name}Lost`,
        {
          expr: `sum by (job, exporter) (rate(otelcol_exporter_send_failed_${signal}_total[5m])) > 0 or sum by (job, exporter) (rate(otelcol_exporter_enqueue_failed_${signal}_total[5m])) > 0`,
          forSeconds: 0,
          severity: "warning",
          summary: `{{ $labels.job }} lost ${what}: {{ $labels.exporter }} can't pass them on`,
        },
      ],
    ] satisfies [string, Alerts[string]][];
  }),
);

/** What goes through an OpenTelemetry collector. */
export const OTEL_COLLECTOR_DASHBOARD: Dashboard = {
  title: "Traces and logs",
  panels: [
    ...Object.entries(SIGNALS).map(
      ([signal, name]) =>
        ({
          title: name,
          expr: [
            { expr: rate(`otelcol_receiver_accepted_${signal}_total`), legend: "{{job}} took in" },
            { expr: rate(`otelcol_exporter_sent_${signal}_total`), legend: "{{job}} passed on" },
            { expr: rate(`otelcol_receiver_refused_${signal}_total`), legend: "{{job}} refused" },
            { expr: rate(`otelcol_exporter_send_failed_${signal}_total`), legend: "{{job}} lost" },
          ],
          unit: "perSecond",
          kind: "timeseries",
        }) as const,
    ),
    {
      title: "What waits to be passed on, of what may wait",
      expr: [
        {
          expr: "max by (job, exporter) (otelcol_exporter_queue_size / otelcol_exporter_queue_capacity)",
          legend: "{{job}} {{exporter}}",
        },
      ],
      unit: "ratio",
      kind: "timeseries",
    },
  ],
};

function rate(metric: string): string {
  return `sum by (job) (rate(${metric}[5m]))`;
}

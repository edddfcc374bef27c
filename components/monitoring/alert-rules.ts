import type { Alerts } from "../model/monitoring.ts";

/** A file of rules as Prometheus reads it, with all alerts in one group: https://prometheus.io/docs/prometheus/latest/configuration/alerting_rules/ */
export function alertRules(alerts: Alerts) {
  const rules = Object.entries(alerts).map(([alert, { expr, forSeconds, severity, summary }]) => ({
    alert,
    expr,
    for: `${forSeconds}s`,
    labels: { severity },
    annotations: { summary },
  }));
  return { groups: rules.length > 0 ? [{ name: "keelson", rules }] : [] };
}

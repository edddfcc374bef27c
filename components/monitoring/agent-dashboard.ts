import type { Dashboard } from "../model/monitoring.ts";

/** What agents do, of a platform that counts it by agent. */
export const AGENT_DASHBOARD: Dashboard = {
  title: "Agent Metrics",
  panels: [
    {
      title: "Agent Interactions",
      expr: [{ expr: "sum(rate(agent_interactions_total[5m])) by (agent_id)", legend: "{{agent_id}}" }],
      unit: "perSecond",
      kind: "timeseries",
    },
  ],
};

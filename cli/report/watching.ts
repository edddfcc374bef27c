import { declaredAlerts, declaredDashboards } from "../../components/monitoring/declared.ts";
import { SCRAPE_SECONDS } from "../../components/monitoring/prometheus-files.ts";
import { STANDARD_ALERTS } from "../../components/monitoring/standard-alerts.ts";
import { STANDARD_DASHBOARDS } from "../../components/monitoring/standard-dashboards.ts";
import { watchAlerts } from "../../components/monitoring/watch-alerts.ts";
import type { Topology, WatchedFacts } from "../topology/topology.ts";
import type { Listing } from "./rows.ts";

type Watched = Pick<Topology, "watched">;

/** Who publishes metrics, and how often they are read. */
export const metrics: Listing<Watched> = {
  kind: "metrics",
  name: "Service",
  columns: { at: "code", "read every": "text" },
  rows: ({ watched }) =>
    watched.map(({ name, port, path, intervalSeconds = SCRAPE_SECONDS }) => ({
      name,
      facts: { at: [`:${port}${path}`], "read every": [`${intervalSeconds} s`] },
    })),
};

/** Conditions in which somebody should look. */
export const alerts: Listing<Watched> = {
  kind: "alert",
  name: "Alert",
  columns: { severity: "text", says: "text", of: "list" },
  rows: ({ watched }) => {
    const declared = declaredAlerts(watched);
    const all = watched.length > 0 ? { ...watchAlerts(watched), ...STANDARD_ALERTS, ...declared } : declared;
    return Object.entries(all).map(([name, { severity, summary }]) => ({
      name,
      facts: {
        severity: [severity],
        says: [summary],
        of: declaringOf(watched, (each) => each.alerts?.[name]),
      },
    }));
  },
};

/** Pages of graphs. */
export const dashboards: Listing<Watched> = {
  kind: "dashboard",
  name: "Dashboard",
  columns: { panels: "list", of: "list" },
  rows: ({ watched }) => {
    const all = watched.length > 0 ? declaredDashboards(watched, STANDARD_DASHBOARDS) : [];
    return all.map(({ title, panels }) => ({
      name: title,
      facts: {
        panels: panels.map((panel) => panel.title),
        of: declaringOf(watched, (each) => each.dashboards?.find((dashboard) => dashboard.title === title)),
      },
    }));
  },
};

/** Names of those who declare something; what nobody declares is about all of them. */
function declaringOf(
  watched: readonly WatchedFacts[],
  declares: (each: WatchedFacts) => unknown,
): readonly string[] {
  const names = watched.filter((each) => declares(each) !== undefined).map(({ name }) => name);
  return names.length > 0 ? names : ["all"];
}

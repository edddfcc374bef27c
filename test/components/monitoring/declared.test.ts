import { describe, expect, it } from "vitest";
import type { Alert, Dashboard, Watchable } from "../../../components/model/monitoring.ts";
import { Reference } from "../../../components/model/reference.ts";
import { declaredAlerts, declaredDashboards } from "../../../components/monitoring/declared.ts";

const page = (title: string, expr = "up"): Dashboard => ({
  title,
  panels: [{ title: "Up", expr: [expr], unit: "count", kind: "stat" }],
});
const alert = (expr: string): Alert => ({ expr, forSeconds: 60, severity: "warning", summary: "wrong" });
const watchable = (name: string, declared: Pick<Watchable, "alerts" | "dashboards">): Watchable => ({
  name,
  host: Reference.plain(name),
  port: 80,
  path: "/metrics",
  ...declared,
});

describe("what workloads declare", () => {
  it("[G16] is there once, however many of them declare the same", () => {
    const exporters = ["one", "two"].map((name) =>
      watchable(name, { alerts: { Full: alert("used > 0.9") }, dashboards: [page("Redis")] }),
    );
    const watch = [...exporters, watchable("three", { alerts: { Late: alert("late > 1") } })];
    expect(Object.keys(declaredAlerts(watch))).toEqual(["Full", "Late"]);
    expect(declaredDashboards(watch, [page("Health")]).map(({ title }) => title)).toEqual([
      "Health",
      "Redis",
    ]);
  });

  it("[G16] is refused where one would hide another of its name", () => {
    const alerts = ["a > 1", "a > 2"].map((expr) => watchable(expr, { alerts: { Full: alert(expr) } }));
    expect(() => declaredAlerts(alerts)).toThrow(
      'two workloads declare the alert "Full", and not the same; give one of them another name',
    );
    const other = [watchable("one", { dashboards: [page("Health", "down")] })];
    expect(() => declaredDashboards(other, [page("Health")])).toThrow('the dashboard "Health"');
  });
});

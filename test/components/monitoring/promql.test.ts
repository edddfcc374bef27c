import { parser } from "@prometheus-io/lezer-promql";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Alerts, Dashboard } from "../../../components/model/monitoring.ts";
import { Reference } from "../../../components/model/reference.ts";
import { AGENT_DASHBOARD } from "../../../components/monitoring/agent-dashboard.ts";
import { MONGODB_ALERTS, MONGODB_DASHBOARD } from "../../../components/monitoring/mongodb.ts";
import {
  OTEL_COLLECTOR_ALERTS,
  OTEL_COLLECTOR_DASHBOARD,
} from "../../../components/monitoring/otel-collector.ts";
import { POSTGRES_ALERTS, POSTGRES_DASHBOARD } from "../../../components/monitoring/postgres.ts";
import { REDIS_ALERTS, REDIS_DASHBOARD } from "../../../components/monitoring/redis.ts";
import { STANDARD_ALERTS } from "../../../components/monitoring/standard-alerts.ts";
import { STANDARD_DASHBOARDS } from "../../../components/monitoring/standard-dashboards.ts";
import { watchAlerts } from "../../../components/monitoring/watch-alerts.ts";

/** Where Prometheus' grammar does not know how to go on in a query. */
function mistakesIn(query: string): readonly number[] {
  const mistakes: number[] = [];
  parser.parse(query).iterate({
    enter: ({ type, from }) => {
      if (type.isError) mistakes.push(from);
    },
  });
  return mistakes;
}

const alerts: Alerts = {
  ...STANDARD_ALERTS,
  ...MONGODB_ALERTS,
  ...OTEL_COLLECTOR_ALERTS,
  ...POSTGRES_ALERTS,
  ...REDIS_ALERTS,
};

const dashboards: readonly Dashboard[] = [
  ...STANDARD_DASHBOARDS,
  AGENT_DASHBOARD,
  MONGODB_DASHBOARD,
  OTEL_COLLECTOR_DASHBOARD,
  POSTGRES_DASHBOARD,
  REDIS_DASHBOARD,
];

describe("what Prometheus is asked", () => {
  it.each(["sum by (job (up)", "rate(up[5m)", "up{job=}", "up ==", ""])(
    "is held against its grammar: %s",
    (query) => {
      expect(mistakesIn(query)).not.toEqual([]);
    },
  );

  it.each(Object.entries(alerts))("[G16] is PromQL for the alert %s", (_, { expr }) => {
    expect(mistakesIn(expr)).toEqual([]);
  });

  it.each(dashboards.map((dashboard) => [dashboard.title, dashboard] as const))(
    "[G16] is PromQL for the dashboard %s",
    (_, { panels }) => {
      for (const { title, expr } of panels)
        for (const query of expr)
          expect(mistakesIn(typeof query === "string" ? query : query.expr), title).toEqual([]);
    },
  );

  it("[G16] is PromQL for whatever is watched", () => {
    const watched = fc.record({
      name: fc.stringMatching(/^[a-z][a-z0-9-]{0,20}[a-z0-9]$/),
      host: fc.constant(Reference.plain("host")),
      port: fc.constant(80),
      path: fc.constant("/metrics"),
      memoryLimitMiB: fc.option(fc.integer({ min: 1, max: 1_000_000 }), { nil: undefined }),
    });
    fc.assert(
      fc.property(fc.array(watched, { maxLength: 6 }), (watch) => {
        const given = watch.map(({ memoryLimitMiB, ...rest }) => ({
          ...rest,
          ...(memoryLimitMiB !== undefined && { memoryLimitMiB }),
        }));
        for (const { expr } of Object.values(watchAlerts(given))) expect(mistakesIn(expr)).toEqual([]);
      }),
    );
  });
});

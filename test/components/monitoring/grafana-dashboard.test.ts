import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AGENT_DASHBOARD } from "../../../components/monitoring/agent-dashboard.ts";
import { grafanaDashboard } from "../../../components/monitoring/grafana-dashboard.ts";
import { MONGODB_DASHBOARD } from "../../../components/monitoring/mongodb.ts";
import { POSTGRES_DASHBOARD } from "../../../components/monitoring/postgres.ts";
import { REDIS_DASHBOARD } from "../../../components/monitoring/redis.ts";
import { STANDARD_DASHBOARDS } from "../../../components/monitoring/standard-dashboards.ts";
import type { Dashboard, Panel } from "../../../components/model/monitoring.ts";

interface Model {
  readonly uid: string;
  readonly schemaVersion: number;
  readonly panels: readonly {
    readonly id: number;
    readonly title: string;
    readonly type: string;
    readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
    readonly targets: readonly {
      readonly refId: string;
      readonly expr: string;
      readonly legendFormat: string;
    }[];
    readonly fieldConfig: { readonly defaults: { readonly unit: string } };
  }[];
}

const modelOf = (dashboard: Dashboard) => JSON.parse(grafanaDashboard(dashboard)) as Model;

const panel: fc.Arbitrary<Panel> = fc.record({
  title: fc.string(),
  expr: fc.array(fc.oneof(fc.string(), fc.record({ expr: fc.string(), legend: fc.string() })), {
    minLength: 1,
    maxLength: 5,
  }),
  unit: fc.constantFrom("count", "perSecond", "seconds", "bytes", "bytesPerSecond", "ratio", "cores"),
  kind: fc.constantFrom("timeseries", "stat", "table"),
});

describe("a dashboard as Grafana reads it", () => {
  it("[O8] is, of the one for agents, the latest of the classic models, with a panel that is still drawn", () => {
    const model = modelOf(AGENT_DASHBOARD);
    expect(model).toMatchObject({ title: "Agent Metrics", uid: "agent-metrics", schemaVersion: 42 });
    expect(model.panels).toMatchObject([
      {
        title: "Agent Interactions",
        type: "timeseries",
        datasource: { type: "prometheus", uid: "prometheus" },
        targets: [
          {
            refId: "A",
            expr: "sum(rate(agent_interactions_total[5m])) by (agent_id)",
            legendFormat: "{{agent_id}}",
          },
        ],
      },
    ]);
  });

  it("[G16] has every panel, none over another and none outside, with every query", () => {
    fc.assert(
      fc.property(fc.array(panel, { maxLength: 9 }), (panels) => {
        const model = modelOf({ title: "t", panels });
        expect(model.panels.map(({ targets }) => targets.map(({ expr }) => expr))).toEqual(
          panels.map(({ expr }) => expr.map((query) => (typeof query === "string" ? query : query.expr))),
        );
        expect(new Set(model.panels.map(({ id }) => id)).size).toBe(panels.length);
        for (const { targets } of model.panels)
          expect(new Set(targets.map(({ refId }) => refId)).size).toBe(targets.length);
        const places = model.panels.map(({ gridPos }) => gridPos);
        for (const { x, w } of places) expect(x + w).toBeLessThanOrEqual(24);
        for (const [index, a] of places.entries())
          for (const b of places.slice(index + 1))
            expect(a.x + a.w <= b.x || b.x + b.w <= a.x || a.y + a.h <= b.y || b.y + b.h <= a.y).toBe(true);
      }),
    );
  });

  it("says of series without a name that their labels are it, and of figures what they are", () => {
    const [first] = modelOf({
      title: "t",
      panels: [{ title: "p", expr: ["up"], unit: "ratio", kind: "stat" }],
    }).panels;
    expect(first).toMatchObject({
      type: "stat",
      targets: [{ legendFormat: "__auto" }],
      fieldConfig: { defaults: { unit: "percentunit" } },
    });
  });
});

describe("the dashboards that keelson has", () => {
  const all = [
    ...STANDARD_DASHBOARDS,
    AGENT_DASHBOARD,
    POSTGRES_DASHBOARD,
    REDIS_DASHBOARD,
    MONGODB_DASHBOARD,
  ];

  it("[A8] show request rate, P50, P95, P99, error rate, database, memory and processors", () => {
    const queries = all
      .flatMap(({ panels }) => panels.flatMap(({ expr }) => expr))
      .map((query) => (typeof query === "string" ? query : query.expr));
    for (const part of [
      "rate(http_requests_total[5m])",
      "histogram_quantile(0.5,",
      "histogram_quantile(0.95,",
      "histogram_quantile(0.99,",
      `status=~"5.."`,
      "pg_stat_database_xact_commit",
      "process_resident_memory_bytes",
      "process_cpu_seconds_total",
    ])
      expect(
        queries.some((query) => query.includes(part)),
        part,
      ).toBe(true);
  });

  it("have addresses of their own, and no panel twice", () => {
    const ids = all.map((dashboard) => modelOf(dashboard).uid);
    expect(new Set(ids).size).toBe(all.length);
    for (const { title, panels } of all)
      expect(new Set(panels.map((each) => each.title)).size, title).toBe(panels.length);
  });
});

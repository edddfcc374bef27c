import type { Dashboard, NamedQuery, Panel, PanelKind, PanelUnit } from "../model/monitoring.ts";

/** What dashboards know the Prometheus server by. */
export const DATASOURCE = { type: "prometheus", uid: "prometheus" } as const;

/** Latest version of the classic model, the one that files may have in any Grafana from 12 on; later models are made of it while it is read. */
const SCHEMA_VERSION = 42;

/** Grafana's grid has 24 columns, and a row of it is some 30 pixels high. */
const PANEL = { columns: 12, rows: 8, inARow: 2 } as const;

/** A dashboard as Grafana reads it from a file. */
export function grafanaDashboard({ title, panels }: Dashboard): string {
  const dashboard = {
    uid: dashboardId(title),
    title,
    tags: ["keelson"],
    schemaVersion: SCHEMA_VERSION,
    version: 1,
    // It comes back as it was at the next start, so nobody should think that changes are kept.
    editable: false,
    // The same moment is marked in all panels.
    graphTooltip: 1,
    time: { from: "now-6h", to: "now" },
    refresh: "30s",
    timezone: "browser",
    annotations: { list: [] },
    templating: { list: [] },
    links: [],
    panels: panels.map(panelModel),
  };
  return JSON.stringify(dashboard, undefined, 2);
}

/** What stands for a title in addresses and names of files. */
export function dashboardId(title: string): string {
  return title
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "");
}

function panelModel({ title, expr, unit, kind }: Panel, index: number): unknown {
  const { columns, rows, inARow } = PANEL;
  return {
    id: index + 1,
    title,
    type: kind,
    datasource: DATASOURCE,
    gridPos: {
      x: (index % inARow) * columns,
      y: Math.floor(index / inARow) * rows,
      w: columns,
      h: rows,
    },
    targets: expr.map((query, position) => target(query, kind, position)),
    fieldConfig: { defaults: { unit: UNITS[unit] }, overrides: [] },
    options: OPTIONS[kind],
  };
}

function target(query: string | NamedQuery, kind: PanelKind, position: number): unknown {
  const { expr, legend } = typeof query === "string" ? { expr: query, legend: "__auto" } : query;
  return {
    refId: String.fromCodePoint("A".codePointAt(0)! + position),
    datasource: DATASOURCE,
    expr,
    legendFormat: legend,
    ...RANGES[kind],
  };
}

/** Grafana's names of units: https://github.com/grafana/grafana/blob/main/packages/grafana-data/src/valueFormats/categories.ts */
const UNITS: Readonly<Record<PanelUnit, string>> = {
  count: "short",
  perSecond: "cps",
  seconds: "s",
  bytes: "bytes",
  bytesPerSecond: "binBps",
  ratio: "percentunit",
  cores: "none",
};

/** What a panel of a kind asks for: how it was over time, or how it is now. */
const RANGES: Readonly<Record<PanelKind, object>> = {
  timeseries: { range: true },
  stat: { range: true },
  table: { instant: true, range: false, format: "table" },
};

const OPTIONS: Readonly<Record<PanelKind, unknown>> = {
  timeseries: {
    legend: { showLegend: true, displayMode: "list", placement: "bottom", calcs: [] },
    tooltip: { mode: "multi", sort: "desc" },
  },
  stat: {
    reduceOptions: { calcs: ["lastNotNull"], fields: "", values: false },
    colorMode: "value",
    graphMode: "area",
    textMode: "auto",
  },
  table: { showHeader: true },
};

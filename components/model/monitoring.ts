import type { Reference } from "./reference.ts";

/** A workload whose Prometheus metrics are read: every copy of it, at the same port and path. */
export interface Watched {
  /** What its series are told apart by, as the label `job`; no two have the same. */
  readonly name: string;
  /** Host name that has an address record of each copy. */
  readonly host: Reference;
  readonly port: number;
  /** Path of the metrics, as in `/metrics`. */
  readonly path: string;
  /**
   * Time between two readings, in whole seconds: 120 at most, or rates over five minutes have gaps.
   *
   * @defaultValue 15
   */
  readonly intervalSeconds?: number;
  /**
   * What the metrics are asked for with.
   *
   * @defaultValue nothing: whoever reaches them may read them
   */
  readonly credentials?: MetricsCredentials;
  /**
   * Memory at which a copy is killed, in MiB.
   *
   * @defaultValue unknown: whether it comes near is not watched
   */
  readonly memoryLimitMiB?: number;
}

/** A workload that can be watched, and what it says of its metrics. */
export interface Watchable extends Watched, Monitored {}

/** Where Prometheus metrics are published. */
export interface Metrics {
  readonly port: string;
  /** @defaultValue "/metrics" */
  readonly path?: string;
  /**
   * Time between two readings, in whole seconds: 120 at most.
   *
   * @defaultValue 15
   */
  readonly intervalSeconds?: number;
  /**
   * What they are asked for with.
   *
   * @defaultValue nothing: whoever reaches them may read them
   */
  readonly credentials?: MetricsCredentials;
}

/** How whoever reads metrics says who it is. */
export type MetricsCredentials =
  /** By HTTP's basic authentication. */
  | { readonly kind: "basic"; readonly user: string; readonly password: Reference }
  /** By a token in the header `Authorization`. */
  | { readonly kind: "bearer"; readonly token: Reference };

/** A condition that somebody should know of. */
export interface Alert {
  /** PromQL; each series of its result is one alert. */
  readonly expr: string;
  /** Time for which it has to hold, in seconds. */
  readonly forSeconds: number;
  /** `critical` is for what users notice now, `warning` for what they will. */
  readonly severity: "warning" | "critical";
  /** What is wrong, in one line. Prometheus fills in `{{ $labels.job }}` and `{{ $value }}`. */
  readonly summary: string;
}

/** Alerts by name, such as `RedisMemoryFull`. */
export type Alerts = Readonly<Record<string, Alert>>;

/** What a workload that publishes metrics says of them. */
export interface Monitored {
  /**
   * Conditions in which somebody should look.
   *
   * @defaultValue none
   */
  readonly alerts?: Alerts;
  /**
   * Pages that show its metrics.
   *
   * @defaultValue none
   */
  readonly dashboards?: readonly Dashboard[];
}

/** A page of graphs on one subject. */
export interface Dashboard {
  /** No two have the same; the page's address is made of it. */
  readonly title: string;
  readonly panels: readonly Panel[];
}

/** One graph, or one figure. */
export interface Panel {
  readonly title: string;
  /** What is shown together; a plain text is PromQL whose series are named by their labels. */
  readonly expr: readonly (string | NamedQuery)[];
  readonly unit: PanelUnit;
  readonly kind: PanelKind;
}

/** A query, and the name of its series. */
export interface NamedQuery {
  /** PromQL. */
  readonly expr: string;
  /** Labels stand in it in double braces, as in `{{job}}`. */
  readonly legend: string;
}

/** What the numbers of a panel are. A ratio of 1 is 100 %. */
export type PanelUnit = "count" | "perSecond" | "seconds" | "bytes" | "bytesPerSecond" | "ratio" | "cores";

/** How a panel shows them: over time, as the latest figures, or as rows with their labels. */
export type PanelKind = "timeseries" | "stat" | "table";

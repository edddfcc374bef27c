import { type Labels, seriesOf } from "./series.ts";

/**
 * Ending of the names of metrics that are speeds, and of the counters that they are speeds of: the names that prometheus-adapter's
 * own walk-through gives them, https://github.com/kubernetes-sigs/prometheus-adapter/blob/master/docs/config-walkthrough.md
 */
const SPEED = /_per_second$/;
const COUNTER = "_total";

/** Time over which a speed is averaged: more than a moment, and soon enough to be followed. */
export const SPEED_WINDOW = "2m";

/** What a workload has to publish for a metric that its copies follow: a counter where it is a speed, else a gauge. */
export function publishedFor(metric: string): string {
  return metric.replace(SPEED, COUNTER);
}

/** PromQL for a metric that copies follow, summed up over all copies. */
export function totalOf(metric: string, labels: Labels): string {
  const series = seriesOf(publishedFor(metric), labels);
  return SPEED.test(metric) ? `sum(rate(${series}[${SPEED_WINDOW}]))` : `sum(${series})`;
}

/** Labels by which series are chosen. */
export type Labels = Readonly<Record<string, string>>;

/** PromQL for the series of a metric that have these labels. */
export function seriesOf(metric: string, labels: Labels): string {
  // PromQL quotes texts as JSON does.
  const matchers = Object.entries(labels).map(([label, value]) => `${label}=${JSON.stringify(value)}`);
  return matchers.length > 0 ? `${metric}{${matchers.join(",")}}` : metric;
}

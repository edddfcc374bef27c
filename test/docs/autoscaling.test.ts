import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { services } from "../../components/platforms/acceleration-services.ts";
import { API_SCALING } from "../../components/platforms/melvin-services.ts";
import { BACKEND_SCALING } from "../../components/platforms/skills-services.ts";
import type { Signal } from "../../components/model/scaling.ts";
import { publishedFor, totalOf } from "../../components/monitoring/published-metric.ts";
import { Metrics } from "../../images/reference-app/metrics.ts";
import { pageOf, rowsOf } from "../support/page-tables.ts";

const metricsOf = (signals: readonly Signal[]) =>
  signals.flatMap((signal) => (signal.kind === "metric" ? [signal.name] : []));

/** Metrics that copies of some service follow. */
const followed = [
  ...new Set(
    [...Object.values(services).map(({ signals }) => signals), API_SCALING.signals, BACKEND_SCALING.signals]
      .map(metricsOf)
      .flat(),
  ),
].toSorted();

interface Rule {
  readonly seriesQuery: string;
  readonly name: { readonly matches: string; readonly as: string };
  readonly metricsQuery: string;
}

const rules = (): readonly Rule[] => {
  const [, block = ""] = /```yaml\n(.*?)```/s.exec(pageOf("autoscaling.md")) ?? [];
  return (parse(block) as { rules: readonly Rule[] }).rules;
};

/** What an adapter with these rules calls a series; it takes the whole of its name (RE2, anchored by Prometheus). */
const namedBy = ({ seriesQuery, name: { matches, as } }: Rule, series: string): string[] => {
  const [, pattern = ""] = /__name__=~"([^"]+)"/.exec(seriesQuery) ?? [];
  if (!new RegExp(`^(?:${pattern})$`).test(series)) return [];
  return [series.replace(new RegExp(matches), as.replace("${1}", "$1"))];
};

describe("docs/autoscaling.md", () => {
  it("[S6] [A9] lists every metric that copies follow, and what it is published as", () => {
    const listed = rowsOf("autoscaling.md").filter(([metric = ""]) => /^`\w+_\w+`$/.test(metric));
    expect(listed.map(([metric, published]) => `${metric} ${published}`).toSorted()).toEqual(
      followed.map((metric) => `\`${metric}\` \`${publishedFor(metric)}\``),
    );
  });

  it.each(followed)("[S6] [A9] has a rule by which an adapter calls what is published %s", (metric) => {
    const names = rules().flatMap((rule) => namedBy(rule, publishedFor(metric)));
    expect(names).toEqual([metric]);
  });

  it("[A9] has rules that measure as KEDA is told to", () => {
    const asked = rules().map(({ metricsQuery }) =>
      metricsQuery.replace("{<<.LabelMatchers>>}", "").replace(" by (<<.GroupBy>>)", ""),
    );
    expect(asked.map((query) => query.replace("<<.Series>>", "x_total")).slice(0, 1)).toEqual([
      totalOf("x_per_second", {}),
    ]);
    expect(asked.map((query) => query.replace("<<.Series>>", "x")).slice(1)).toEqual([totalOf("x", {})]);
  });

  it("[S6] says of the reference application what it publishes", async () => {
    const metrics = new Metrics("gateway", () => []);
    metrics.observe("GET", "/", 200, 0.1);
    const published = new Set((await metrics.render()).match(/^\w+(?=\{)/gm));
    const own = followed.map(publishedFor).filter((series) => published.has(series));
    expect(own).toEqual(["http_requests_total"]);
    expect(pageOf("autoscaling.md")).toContain("The reference application publishes `http_requests_total`");
  });
});

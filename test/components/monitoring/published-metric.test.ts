import { describe, expect, it } from "vitest";
import { publishedFor, totalOf } from "../../../components/monitoring/published-metric.ts";
import { seriesOf } from "../../../components/monitoring/series.ts";

describe("a metric that copies follow", () => {
  it("[S6] [A9] is the speed of a counter where its name says so, summed up over all copies", () => {
    expect(publishedFor("http_requests_per_second")).toBe("http_requests_total");
    expect(totalOf("http_requests_per_second", { job: "gateway" })).toBe(
      'sum(rate(http_requests_total{job="gateway"}[2m]))',
    );
  });

  it("[A9] is a gauge of the same name otherwise", () => {
    expect(publishedFor("active_workflows")).toBe("active_workflows");
    expect(totalOf("active_workflows", { job: "orchestrator" })).toBe(
      'sum(active_workflows{job="orchestrator"})',
    );
  });
});

describe("series", () => {
  it("are chosen by all labels, or by none", () => {
    expect(seriesOf("up", {})).toBe("up");
    expect(seriesOf("up", { namespace: "ai", job: 'a"b\\' })).toBe('up{namespace="ai",job="a\\"b\\\\"}');
  });
});

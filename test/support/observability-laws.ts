import { expect, it, vi } from "vitest";
import { STANDARD_ALERTS } from "../../components/monitoring/standard-alerts.ts";
import { STANDARD_DASHBOARDS } from "../../components/monitoring/standard-dashboards.ts";
import type { GrafanaClient } from "./grafana-client.ts";
import type { PrometheusClient } from "./prometheus-client.ts";
import type { References } from "./references.ts";

/** Metrics are read every 15 seconds, and a rule is evaluated as often. */
const patience = { timeout: 120_000, interval: 2000 };

/**
 * What holds for every platform that is observed, wherever it runs.
 *
 * @param references - who refers to whom, with Prometheus to all that it reads
 * @param titles - dashboards that it has beside the standard ones
 */
export function observabilityLaws(
  watching: () => { readonly grafana: GrafanaClient; readonly prometheus: PrometheusClient },
  references: () => References,
  titles: readonly string[],
): void {
  it("[G16] [A8] [K9] [O8] reads the metrics of all that publishes any, and of nothing else", async () => {
    const published = references()
      .serversOf("prometheus")
      .map(({ host }) => host);
    expect(published.length).toBeGreaterThan(3);
    await vi.waitFor(async () => {
      const targets = await watching().prometheus.targets();
      const wrong = targets.filter(({ health }) => health !== "up");
      expect(wrong.map(({ labels, lastError }) => [labels["job"], lastError])).toEqual([]);
      const jobs = new Set(targets.map(({ labels }) => labels["job"] ?? ""));
      expect([...jobs].toSorted()).toEqual([...new Set([...published, "prometheus"])].toSorted());
    }, patience);
  });

  it("[G16] can evaluate every rule, and has nothing to alert of", async () => {
    await vi.waitFor(async () => {
      const rules = await watching().prometheus.rules();
      expect(rules.map(({ name }) => name)).toEqual(
        expect.arrayContaining(["Down", "MemoryNearLimit", ...Object.keys(STANDARD_ALERTS)]),
      );
      for (const { name, health, lastError } of rules)
        expect([name, health, lastError]).toEqual([name, "ok", undefined]);
      expect(await watching().prometheus.down()).toEqual([]);
    }, patience);
  });

  it("[G3] [K9] asks at Grafana who it is, and lets in the administrator whom the stack names", async () => {
    const { grafana } = watching();
    expect((await grafana.askAsNobody("/api/search")).status).toBe(401);
    expect((await grafana.askAsNobody("/api/ds/query")).status).toBe(401);
    expect((await grafana.askAsNobody("/login")).status).toBe(200);
    expect((await grafana.ask("/api/search")).status).toBe(200);
  });

  it("[G16] [A8] [O8] has every dashboard once, and Prometheus takes every query of theirs", async () => {
    const { grafana } = watching();
    const dashboards = await grafana.dashboards();
    expect(dashboards.map(({ title }) => title).toSorted()).toEqual(
      [...STANDARD_DASHBOARDS.map(({ title }) => title), ...titles].toSorted(),
    );
    for (const { title, panels } of dashboards)
      for (const panel of panels) {
        const answer = await grafana.ask("/api/ds/query", {
          queries: panel.targets,
          from: "now-5m",
          to: "now",
        });
        expect([title, panel.title, answer.status, await answer.text()]).toEqual([
          title,
          panel.title,
          200,
          expect.not.stringContaining('"error"'),
        ]);
      }
  });
}

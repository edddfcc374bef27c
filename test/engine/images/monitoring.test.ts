import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { Workload } from "../../../components/model/workload.ts";
import { STANDARD_ALERTS } from "../../../components/monitoring/standard-alerts.ts";
import { watchAlerts } from "../../../components/monitoring/watch-alerts.ts";
import type { Containers, Started } from "../../support/containers.ts";
import { openWith } from "../../support/embedded-images.ts";
import { alerts, dashboards, EXPORTERS, monitoringServers, watch } from "../../support/monitoring-servers.ts";
import { runJob, startWorkload } from "../../support/started-workload.ts";

const patience = { timeout: 90_000, interval: 500 };

let containers: Containers;
const started: Record<string, Started> = {};

beforeAll(async () => {
  const names = [
    "redis",
    "postgres",
    "prometheus",
    "grafana",
    "redis-exporter",
    "postgres-exporter",
  ] as const;
  containers = await openWith("monitoring", ...names);
  const { workloads, jobs } = await monitoringServers();
  await start("cache", workloads["cache"]!, "redis");
  await start("db", workloads["db"]!, "sql");
  await ready("db", workloads["db"]!);
  const { status, log } = await runJob(containers, jobs["db-monitoring-database"]!);
  if (status !== 0) throw new Error(`the role for monitoring was not made: ${log}`);
  for (const name of ["redis-exporter", "postgres-exporter", "prometheus", "grafana"])
    await start(name, workloads[name]!, "http");
});
afterAll(() => containers.close());

async function start(name: string, workload: Workload, port: string): Promise<void> {
  started[name] = await startWorkload(containers, name, workload, port);
}

async function ready(name: string, { probes }: Workload): Promise<void> {
  const { check } = probes.readiness;
  if (check.kind !== "exec") throw new Error(`"${name}" is not asked by a command`);
  await vi.waitFor(async () => expect(await started[name]!.run(check.command)).toBe(0), patience);
}

/** What Prometheus answers, as it does to anyone. */
// What it is depends on the request.
// oxlint-disable-next-line typescript/no-explicit-any
async function ask(path: string): Promise<any> {
  const response = await fetch(`http://${await started["prometheus"]!.address()}/api/v1/${path}`);
  const { data } = (await response.json()) as { data: unknown };
  return data;
}

/** Latest value of a query that has one series. */
async function valueOf(query: string): Promise<number> {
  const { result } = await ask(`query?query=${encodeURIComponent(query)}`);
  expect(result, query).toHaveLength(1);
  return Number(result[0].value[1]);
}

async function targets(job: string): Promise<readonly { health: string; scrapeUrl: string }[]> {
  const { activeTargets } = await ask("targets?state=active");
  return activeTargets.filter(({ labels }: { labels: { job: string } }) => labels.job === job);
}

const everyJobIsUp = () =>
  vi.waitFor(async () => {
    for (const job of ["prometheus", ...Object.keys(EXPORTERS)])
      expect(
        (await targets(job)).map(({ health }) => health),
        job,
      ).toEqual(["up"]);
  }, patience);

describe("Prometheus", () => {
  it("[G16] [K9] finds what it watches by name, and reads all of it without rights", async () => {
    await everyJobIsUp();
    expect(await started["prometheus"]!.run(["touch", "/etc/written"])).not.toBe(0);
    expect(await started["prometheus"]!.run(["sh", "-c", "test $(id -u) = 65534"])).toBe(0);
  });

  it("[G16] takes every rule, and can evaluate it", async () => {
    await vi.waitFor(async () => {
      const { groups } = await ask("rules");
      const rules = groups.flatMap((group: { rules: unknown[] }) => group.rules) as {
        name: string;
        health: string;
        lastError?: string;
      }[];
      const names = [...Object.keys({ ...watchAlerts(watch), ...STANDARD_ALERTS, ...alerts })].toSorted();
      expect(rules.map(({ name }) => name).toSorted()).toEqual(names);
      for (const { name, health, lastError } of rules)
        expect([name, health, lastError]).toEqual([name, "ok", undefined]);
    }, patience);
  });

  it("finds another copy of what it watches, and forgets it when it is gone", async () => {
    await everyJobIsUp();
    const { workloads } = await monitoringServers();
    const copy = await startWorkload(containers, "copy", workloads["redis-exporter"]!, "http");
    const { NetworkSettings } = await copy.container.inspect();
    const network = containers.docker.getNetwork(Object.keys(NetworkSettings.Networks)[0]!);
    await network.disconnect({ Container: copy.container.id });
    const EndpointConfig = { Aliases: ["redis-exporter"] };
    await network.connect({ Container: copy.container.id, EndpointConfig });
    const healths = async () => (await targets("redis-exporter")).map(({ health }) => health);
    await vi.waitFor(async () => expect(await healths()).toEqual(["up", "up"]), patience);
    await copy.container.stop();
    await vi.waitFor(async () => expect(await healths()).toEqual(["up"]), patience);
  });

  it("[G16] alerts when a service is gone, with all its series, and no longer once it is back", async () => {
    await everyJobIsUp();
    const firing = async () => {
      const { alerts: all } = await ask("alerts");
      return all
        .filter(
          ({ labels, state }: { labels: { alertname: string }; state: string }) =>
            labels.alertname === "Down" && state === "firing",
        )
        .map(({ labels }: { labels: { job: string } }) => labels.job);
    };
    await vi.waitFor(async () => expect(await firing()).toEqual([]), patience);
    await started["redis-exporter"]!.container.stop();
    await vi.waitFor(async () => expect(await firing()).toEqual(["redis-exporter"]), patience);
    await started["redis-exporter"]!.container.start();
    await vi.waitFor(async () => expect(await firing()).toEqual([]), patience);
  });

  it("[G6] ends in order long before its time is over, and has its metrics still", async () => {
    await everyJobIsUp();
    const server = started["prometheus"]!;
    const before = await valueOf(`count_over_time(up{job="prometheus"}[1h])`);
    const asked = Date.now();
    await server.container.stop();
    expect(await server.ended()).toBe(0);
    expect(Date.now() - asked).toBeLessThan(30_000);
    await server.container.start();
    await everyJobIsUp();
    expect(await valueOf(`count_over_time(up{job="prometheus"}[1h])`)).toBeGreaterThanOrEqual(before);
  });
});

describe("the exporters", () => {
  it("[K9] tell how Redis is, with its limit of memory", async () => {
    await everyJobIsUp();
    await vi.waitFor(async () => expect(await valueOf("redis_up")).toBe(1), patience);
    expect(await valueOf("redis_memory_max_bytes")).toBe(192 * 1024 * 1024);
  });

  it("[K9] tell how PostgreSQL is, of every database, though they own none of them", async () => {
    await everyJobIsUp();
    await vi.waitFor(async () => expect(await valueOf("pg_up")).toBe(1), patience);
    expect(await valueOf("pg_settings_max_connections")).toBe(300);
    for (const database of ["postgres", "monitoring"])
      expect(await valueOf(`pg_database_size_bytes{datname="${database}"}`)).toBeGreaterThan(1_000_000);
  });
});

describe("Grafana", () => {
  const PASSWORD = "generated-by-grafana-password";

  async function grafana(path: string, password = PASSWORD, init: RequestInit = {}): Promise<Response> {
    const authorization = `Basic ${Buffer.from(`admin:${password}`).toString("base64")}`;
    const headers = { authorization, "content-type": "application/json" };
    return fetch(`http://${await started["grafana"]!.address()}${path}`, { ...init, headers });
  }

  it("[G3] [K9] lets its administrator in by the generated password, and nobody by another", async () => {
    await vi.waitFor(async () => expect((await grafana("/api/health")).status).toBe(200), patience);
    expect((await grafana("/api/search", "wrong")).status).toBe(401);
    expect((await grafana("/api/search")).status).toBe(200);
    expect(await started["grafana"]!.log()).not.toContain(PASSWORD);
  });

  it("[G16] [A8] [O8] has every dashboard, and Prometheus takes every query of theirs", async () => {
    await everyJobIsUp();
    const found = (await (await grafana("/api/search?type=dash-db")).json()) as {
      uid: string;
      title: string;
    }[];
    expect(found.map(({ title }) => title).toSorted()).toEqual(
      dashboards.map(({ title }) => title).toSorted(),
    );
    for (const { uid, title } of found) {
      const { dashboard } = (await (await grafana(`/api/dashboards/uid/${uid}`)).json()) as {
        dashboard: { panels: { title: string; targets: object[] }[] };
      };
      for (const panel of dashboard.panels) {
        const body = JSON.stringify({ queries: panel.targets, from: "now-5m", to: "now" });
        const answer = await grafana("/api/ds/query", PASSWORD, { method: "POST", body });
        expect([title, panel.title, answer.status, await answer.text()]).toEqual([
          title,
          panel.title,
          200,
          expect.not.stringContaining('"error"'),
        ]);
      }
    }
  });
});

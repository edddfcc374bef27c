import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import type { Watched } from "../../../components/model/monitoring.ts";
import { type Endpoint, grantsOf, Reference, textOf } from "../../../components/model/reference.ts";
import { prometheusFiles } from "../../../components/monitoring/prometheus-files.ts";
import { STANDARD_ALERTS } from "../../../components/monitoring/standard-alerts.ts";
import { watchAlerts } from "../../../components/monitoring/watch-alerts.ts";
import { settled } from "../../support/outputs.ts";

function endpointOf(host: string, number: number): Endpoint {
  return { host, ports: { http: { number } }, ready: [] };
}

function watched(name: string, more: Partial<Watched> = {}): Watched {
  const port = more.port ?? 8000;
  return { name, host: Reference.host(endpointOf(name, port), "http"), port, path: "/metrics", ...more };
}

async function configurationOf(watch: readonly Watched[]) {
  const { value, secret } = await settled(textOf(prometheusFiles(watch, {})["prometheus.yml"]!));
  return { secret, text: value, content: parse(value) as { scrape_configs: Record<string, unknown>[] } };
}

const names = fc.uniqueArray(fc.stringMatching(/^[a-z][a-z0-9-]{0,20}[a-z0-9]$/), { maxLength: 8 });

describe("Prometheus' configuration", () => {
  it("[G16] finds every copy of a service by the addresses of its name, and names its series after it", async () => {
    const { content } = await configurationOf([
      watched("gateway", { port: 9464, path: "/internal/metrics" }),
    ]);
    expect(content.scrape_configs).toEqual([
      { job_name: "prometheus", static_configs: [{ targets: ["localhost:9090"] }] },
      {
        job_name: "gateway",
        scrape_interval: "15s",
        scrape_timeout: "10s",
        metrics_path: "/internal/metrics",
        dns_sd_configs: [{ names: ["gateway"], type: "A", port: 9464, refresh_interval: "15s" }],
      },
    ]);
  });

  it("[O8] reads some services oftener than the others, and waits no longer than until the next time", async () => {
    const { content } = await configurationOf([
      watched("mcp-server", { intervalSeconds: 5 }),
      watched("core"),
    ]);
    expect(content).toMatchObject({ global: { scrape_interval: "15s", evaluation_interval: "15s" } });
    expect(content.scrape_configs.slice(1)).toMatchObject([
      { job_name: "mcp-server", scrape_interval: "5s", scrape_timeout: "5s" },
      { job_name: "core", scrape_interval: "15s", scrape_timeout: "10s" },
    ]);
  });

  it("[G3] has credentials in files of their own, and none in itself", async () => {
    const watch = [
      watched("flower", {
        credentials: { kind: "basic", user: "operator", password: Reference.hidden("basic-secret") },
      }),
      watched("vectors", { credentials: { kind: "bearer", token: Reference.hidden("bearer-secret") } }),
    ];
    const { content, text, secret } = await configurationOf(watch);
    expect(content.scrape_configs.slice(1)).toMatchObject([
      { basic_auth: { username: "operator", password_file: "/run/keelson/flower.credential" } },
      { authorization: { type: "Bearer", credentials_file: "/run/keelson/vectors.credential" } },
    ]);
    expect(text).not.toContain("secret");
    expect(secret).toBe(false);
    const files = prometheusFiles(watch, {});
    for (const [name, value] of [
      ["flower", "basic-secret"],
      ["vectors", "bearer-secret"],
    ])
      expect(await settled(textOf(files[`${name}.credential`]!))).toEqual({ value, secret: true });
  });

  it("[G5] [G16] can be read, whatever is watched, and opens exactly that", async () => {
    await fc.assert(
      fc.asyncProperty(
        names.filter((list) => !list.includes("prometheus")),
        fc.integer({ min: 1, max: 65_535 }),
        fc.integer({ min: 1, max: 120 }),
        fc.string().map((text) => `/${text.replaceAll(/[\uD800-\uDFFF]/g, "")}`),
        async (list, port, intervalSeconds, path) => {
          const watch = list.map((name) => watched(name, { port, intervalSeconds, path }));
          const { content } = await configurationOf(watch);
          const jobs = content.scrape_configs.slice(1);
          expect(jobs.map((job) => [job["job_name"], job["metrics_path"]])).toEqual(
            list.map((name) => [name, path]),
          );
          const configuration = prometheusFiles(watch, {})["prometheus.yml"]!;
          expect(grantsOf([configuration]).map(({ endpoint }) => endpoint.host)).toEqual(list);
        },
      ),
      { numRuns: 50 },
    );
  });

  it.each([
    [[watched("web"), watched("web")], "watch[1].name", '"web" is watched already'],
    [[watched("prometheus")], "watch[0].name", '"prometheus" is watched already'],
    [[watched("Web Site")], "watch[0].name", '"Web Site" is no name of a service'],
    [[watched("web", { path: "metrics" })], "watch[0].path", "starts with a slash"],
    [[watched("web", { port: 0 })], "watch[0].port", "0 is no port"],
    [[watched("web", { intervalSeconds: 0.5 })], "watch[0].intervalSeconds", "0.5 s can't be kept"],
    [[watched("web", { intervalSeconds: 300 })], "watch[0].intervalSeconds", "from 1 to 120"],
  ])("refuses what can't be told apart or read, and says where: %#", (watch, propertyPath, reason) => {
    expect(() => prometheusFiles(watch, {})).toThrow(
      expect.objectContaining({
        errors: [{ propertyPath, reason: expect.stringContaining(reason) }],
      }),
    );
  });
});

describe("the rules of alerts", () => {
  async function rulesOf(alerts: Parameters<typeof prometheusFiles>[1]) {
    const { value } = await settled(textOf(prometheusFiles([], alerts)["alerts.yml"]!));
    return (parse(value) as { groups: { name: string; rules: unknown[] }[] }).groups;
  }

  it("[G16] have what was declared, for as long as it was declared", async () => {
    const groups = await rulesOf({
      QueueGrows: {
        expr: "deriv(queue[5m]) > 1",
        forSeconds: 90,
        severity: "warning",
        summary: `a "queue" grows`,
      },
    });
    expect(groups).toEqual([
      {
        name: "keelson",
        rules: [
          {
            alert: "QueueGrows",
            expr: "deriv(queue[5m]) > 1",
            for: "90s",
            labels: { severity: "warning" },
            annotations: { summary: `a "queue" grows` },
          },
        ],
      },
    ]);
  });

  it("are none where nothing was declared", async () => {
    expect(await rulesOf({})).toEqual([]);
  });

  it("[G16] tell of a service that is gone with all its series, not only of one that does not answer", () => {
    const { Down } = watchAlerts([watched("web"), watched("core")]);
    expect(Down).toMatchObject({
      expr: `up == 0 or absent(up{job="web"}) or absent(up{job="core"})`,
      severity: "critical",
    });
  });

  it("[G16] compare the memory of each service with its own limit, where that is known", () => {
    const known = watchAlerts([watched("web", { memoryLimitMiB: 512 }), watched("core")]);
    expect(known["MemoryNearLimit"]!.expr).toBe(
      `process_resident_memory_bytes{job="web"} / ${512 * 1024 * 1024} > 0.9`,
    );
    expect(watchAlerts([watched("core")])).not.toHaveProperty("MemoryNearLimit");
  });

  it("[G16] [K9] cover restarts, errors, disks, memory and certificates", () => {
    expect(Object.keys(STANDARD_ALERTS)).toEqual(
      expect.arrayContaining([
        "Restarting",
        "ErrorsFrequent",
        "DiskNearlyFull",
        "MemoryNearlyFull",
        "CertificateExpiresSoon",
      ]),
    );
  });
});

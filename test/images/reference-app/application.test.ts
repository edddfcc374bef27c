import { describe, expect, it, vi } from "vitest";
import { startHttpServer, startService, wiringOf } from "./support.ts";

const readinessPaths = ["/ready", "/readyz", "/healthz", "/api/health/readyz"];

async function get(url: string) {
  const response = await fetch(url);
  return { status: response.status, body: await response.text(), headers: response.headers };
}

/** The value of a metric with these labels, in Prometheus' text format. */
function sample(metrics: string, name: string, labels: readonly string[]): number | undefined {
  const line = metrics
    .split("\n")
    .find(
      (candidate) => candidate.startsWith(`${name}{`) && labels.every((label) => candidate.includes(label)),
    );
  return line === undefined ? undefined : Number(line.split(" ").at(-1));
}

describe("a service", () => {
  it("[D] is alive as soon as it serves, whatever its dependencies do", async () => {
    const service = await startService({ ORCHESTRATOR_URL: "http://127.0.0.1:1/" });
    const { status, body } = await get(`${service.url}/health`);
    expect(status).toBe(200);
    expect(JSON.parse(body)).toEqual({ status: "ok", service: "rag" });
  });

  it.each(readinessPaths)(
    "is ready at %s once every dependency was proven, and says what is missing till then",
    async (path) => {
      let healthy = false;
      const port = await startHttpServer((_, response) => response.writeHead(healthy ? 200 : 500).end());
      const service = await startService({ ORCHESTRATOR_URL: `http://127.0.0.1:${port}` });
      const before = await get(service.url + path);
      expect(before.status).toBe(503);
      expect(JSON.parse(before.body)).toEqual({
        status: "not ready",
        service: "rag",
        missing: ["orchestrator"],
      });
      healthy = true;
      await vi.waitFor(async () => expect((await get(service.url + path)).status).toBe(200));
    },
  );

  it("is no longer ready when a dependency stays away", async () => {
    let status = 200;
    const port = await startHttpServer((_, response) => response.writeHead(status).end());
    const service = await startService({ ORCHESTRATOR_URL: `http://127.0.0.1:${port}` });
    const { wiring } = service.service;
    await vi.waitFor(() => expect(wiring.missing()).toEqual([]));
    status = 503;
    await vi.waitFor(async () => expect((await wiringOf(service))[0]?.detail).toContain("answered 503"));
    const later = performance.now() + 6_000;
    vi.spyOn(performance, "now").mockReturnValue(later);
    expect(wiring.missing()).toEqual(["orchestrator"]);
    vi.restoreAllMocks();
  });

  it("is ready at once when its environment names nothing to connect to", async () => {
    const service = await startService({ OPENAI_API_KEY: "sk-not-a-dependency" });
    expect((await get(`${service.url}/ready`)).status).toBe(200);
    expect(await wiringOf(service)).toEqual([]);
  });

  it("[D] has metrics: requests by route, dependencies, and the process", async () => {
    const port = await startHttpServer((_, response) => response.end());
    const service = await startService({
      ORCHESTRATOR_URL: `http://127.0.0.1:${port}`,
      REDIS_URL: "redis://127.0.0.1:1",
    });
    await vi.waitFor(async () =>
      expect((await wiringOf(service)).map(({ ok }) => ok)).toEqual([true, false]),
    );
    await get(`${service.url}/no/such/path/42`);
    const { body, headers } = await get(`${service.url}/metrics`);
    expect(headers.get("content-type")).toContain("text/plain");
    const value = (name: string, ...labels: string[]) => sample(body, name, labels);
    expect(value("http_requests_total", 'method="GET"', 'route="/wiring"', 'status="200"')).toBeGreaterThan(
      0,
    );
    expect(value("http_requests_total", 'method="GET"', 'route="unmatched"', 'status="404"')).toBe(1);
    expect(value("http_request_duration_seconds_count", 'method="GET"', 'route="unmatched"')).toBe(1);
    expect(
      value("dependency_up", 'dependency="orchestrator"', 'protocol="HTTP"', `target="127.0.0.1:${port}"`),
    ).toBe(1);
    expect(value("dependency_up", 'dependency="redis"', 'protocol="Redis"', 'target="127.0.0.1:1"')).toBe(0);
    expect(value("dependency_proof_seconds", 'dependency="orchestrator"')).toBeGreaterThan(0);
    expect(value("process_resident_memory_bytes", 'service="rag"')).toBeGreaterThan(0);
    expect(body).not.toContain("/no/such/path");
  });

  it("answers 404 in JSON where there is nothing, and for items where there is no database", async () => {
    const { url } = await startService({});
    const nothing = await get(`${url}/nothing`);
    expect([nothing.status, JSON.parse(nothing.body)]).toEqual([
      404,
      { error: "there is nothing at /nothing" },
    ]);
    const items = await get(`${url}/items`);
    expect([items.status, JSON.parse(items.body)]).toEqual([
      404,
      { error: "this service has no database: DATABASE_URL is not set" },
    ]);
  });

  it("refuses an item that is none, and one that is too large, before it asks the database", async () => {
    const { url } = await startService({ DATABASE_URL: "postgresql://u:p@127.0.0.1:1/d" });
    const post = (body: string) => fetch(`${url}/items`, { method: "POST", body });
    for (const body of ["", "text", "null", '{"text": 5}', '{"text": ""}'])
      expect((await post(body)).status).toBe(400);
    expect((await post("x".repeat(70_000))).status).toBe(413);
  });

  it("serves its page with a policy that lets nothing else in", async () => {
    const { url } = await startService({});
    const { status, headers, body } = await get(url);
    expect(status).toBe(200);
    expect(headers.get("content-type")).toContain("text/html");
    expect(headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(body).toContain("<!doctype html>");
  });
});

describe("its log", () => {
  it("[D] is JSON, a line an object, with the service, the level, and what was requested", async () => {
    const service = await startService({});
    await get(`${service.url}/wiring`);
    const entries = service.log.map((line): Record<string, unknown> => JSON.parse(line));
    expect(entries.at(-1)).toMatchObject({
      level: "info",
      service: "rag",
      application: "keelson reference application",
      method: "GET",
      path: "/wiring",
      status: 200,
    });
  });

  it("has the level of LOG_LEVEL, as Python spells it: probes are only seen when debugging", async () => {
    const quiet = await startService({ LOG_LEVEL: "WARNING" });
    await get(`${quiet.url}/wiring`);
    expect(quiet.log).toEqual([]);
    const usual = await startService({ LOG_LEVEL: "INFO" });
    await get(`${usual.url}/health`);
    expect(usual.log).toEqual([]);
    const wordy = await startService({ LOG_LEVEL: "DEBUG" });
    await get(`${wordy.url}/health`);
    expect(wordy.log.join()).toContain('"path":"/health"');
  });

  it("[G3] holds neither queries nor credentials", async () => {
    const service = await startService({ REDIS_URL: "redis://:s3cret-pw@127.0.0.1:1", LOG_LEVEL: "DEBUG" });
    await fetch(`${service.url}/wiring?token=from-the-query`, {
      headers: { authorization: "Bearer from-the-header" },
    });
    await fetch(`${service.url}/s3cret-pw`);
    await vi.waitFor(() => expect(service.log.join()).toContain("redis is not proven"));
    expect(service.log.join()).not.toMatch(/s3cret-pw|from-the-query|from-the-header/);
  });
});

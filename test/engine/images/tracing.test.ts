import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { Workload } from "../../../components/model/workload.ts";
import { OTEL_COLLECTOR_ALERTS } from "../../../components/monitoring/otel-collector.ts";
import type { Containers, Started } from "../../support/containers.ts";
import { openWith } from "../../support/embedded-images.ts";
import { INDEX, SHIPPER, TracingServers } from "../../support/tracing-servers.ts";

const SECRET = "a-token-that-nobody-may-see";
const patience = { timeout: 120_000, interval: 500 };

let containers: Containers;
let servers: TracingServers;
let gateway: Started;

beforeAll(async () => {
  containers = await openWith("tracing", "jaeger", "otel-collector", "elasticsearch", "curl");
  servers = await TracingServers.start(containers, ready);
  await answers(await servers.service("backend"), "/ready");
  gateway = await servers.service("gateway", { BACKEND_URL: "http://backend:8000", API_TOKEN: SECRET });
  await answers(gateway, "/ready");
});
afterAll(() => containers.close());

/** Waits as long as a target would for the first clients. The others' health port isn't published: what they serve tells as much. */
async function ready(server: Started, { probes, ports }: Workload): Promise<void> {
  const { check } = probes.readiness;
  if (check.kind === "exec")
    await vi.waitFor(
      async () => expect(await server.run(check.command), await server.log()).toBe(0),
      patience,
    );
  else await answers(server, ports!["http"] ? "/api/services" : "/metrics");
}

async function answers(server: Started, path: string): Promise<void> {
  await vi.waitFor(async () => expect((await get(server, path)).status).toBe(200), patience);
}

async function get(server: Started, path: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`http://${await server.address()}${path}`, { headers });
}

interface Span {
  readonly spanID: string;
  readonly operationName: string;
  readonly processID: string;
  readonly references: readonly { readonly spanID: string }[];
}

interface Trace {
  readonly traceID: string;
  readonly spans: readonly Span[];
  readonly processes: Readonly<Record<string, { readonly serviceName: string }>>;
}

/** The trace of one request, as Jaeger's page asks for it. */
async function traceOf(traceId: string): Promise<Trace> {
  const response = await get(servers.jaeger, `/api/traces/${traceId}`);
  const { data } = (await response.json()) as { data: readonly Trace[] | null };
  expect(data).toHaveLength(1);
  return data![0]!;
}

interface Found {
  readonly hits: readonly { readonly _index: string; readonly _source: Record<string, any> }[];
}

/** Log records with one value in a field. */
async function logs(field: string, value: string): Promise<Found["hits"]> {
  const authorization = `Basic ${btoa(`${SHIPPER.user}:${SHIPPER.password}`)}`;
  const query = encodeURIComponent(`${field}:"${value}"`);
  const response = await get(servers.elasticsearch, `/${INDEX}-*/_search?size=100&q=${query}`, {
    authorization,
  });
  expect(response.status).toBe(200);
  const { hits } = (await response.json()) as { hits: Found };
  expect(hits.hits.length).toBeGreaterThan(0);
  return hits.hits;
}

const traceId = () => crypto.randomUUID().replaceAll("-", "");

/** A request through the gateway, which asks its backend for it; whoever sends it says that it is traced. */
async function request(trace: string): Promise<Response> {
  return get(gateway, `/wiring?now&token=${SECRET}`, { traceparent: `00-${trace}-00f067aa0ba902b7-01` });
}

describe("a request through several services", () => {
  it("[A8] [G16] is one trace in Jaeger, in which each service follows from the one that asked it", async () => {
    const id = traceId();
    expect((await request(id)).status).toBe(200);
    const { spans, processes } = await vi.waitFor(async () => {
      const trace = await traceOf(id);
      const names = Object.values(trace.processes).map(({ serviceName }) => serviceName);
      expect(new Set(names)).toEqual(new Set(["gateway", "backend"]));
      expect(trace.spans.map(({ operationName }) => operationName)).toContain("GET /wiring");
      return trace;
    }, patience);
    const serviceOf = (span: Span) => processes[span.processID]!.serviceName;
    const asked = spans.filter((span) => serviceOf(span) === "backend");
    expect(asked.map(({ operationName }) => operationName)).toContain("GET /health");
    for (const { references } of asked) {
      const parent = spans.find(({ spanID }) => spanID === references[0]!.spanID)!;
      expect(serviceOf(parent)).toBe("gateway");
    }
    expect(JSON.stringify(spans)).not.toContain(SECRET);
  });

  it("is no trace where it only asks whether a service is alive", async () => {
    await get(gateway, "/health");
    const id = traceId();
    await request(id);
    await vi.waitFor(() => traceOf(id), patience);
    const response = await get(servers.jaeger, "/api/operations?service=gateway");
    const { data } = (await response.json()) as { data: readonly { readonly name: string }[] };
    const names = data.map(({ name }) => name);
    expect(names).toContain("GET /wiring");
    expect(names).not.toContain("GET /health");
  });

  it("[A8] [G16] [M7] leaves log records in the index of its day, by which its trace is found", async () => {
    const id = traceId();
    await request(id);
    const record = await vi.waitFor(async () => {
      const found = await logs("trace.id", id);
      const of = (service: string) => found.find(({ _source }) => _source["service"].name === service);
      expect(of("backend")).toBeDefined();
      expect(of("gateway")).toBeDefined();
      return of("gateway")!;
    }, patience);
    const { _index, _source } = record;
    expect(_index).toMatch(/^lcnc-logs-\d{4}\.\d{2}\.\d{2}$/);
    expect(_source).toMatchObject({
      message: "request",
      log: { level: "info" },
      service: { name: "gateway" },
      trace: { id },
      reference: { method: "GET", path: "/wiring", status: 200 },
    });
    expect(Date.now() - Date.parse(_source["@timestamp"])).toBeLessThan(300_000);
    expect(JSON.stringify(await logs("service.name", "gateway"))).not.toContain(SECRET);
  });
});

describe("the collector", () => {
  it("[G16] publishes what its alerts ask for", async () => {
    const text = await vi.waitFor(async () => {
      const metrics = await (await get(servers.collector, "/metrics")).text();
      expect(metrics).toContain("otelcol_exporter_sent_log_records_total");
      expect(metrics).toContain("otelcol_exporter_sent_spans_total");
      return metrics;
    }, patience);
    const asked = Object.values(OTEL_COLLECTOR_ALERTS).flatMap(({ expr }) => expr.match(/otelcol_\w+/g)!);
    // What can't wait is counted once it happened.
    const counted = asked.filter((name) => !name.includes("enqueue_failed"));
    for (const name of counted) expect(text, name).toContain(`\n${name}{`);
  });

  it("[G3] says its password to Elasticsearch to nobody else", async () => {
    const { Config } = await servers.collector.container.inspect();
    const said = `${JSON.stringify(Config)}${await servers.collector.log()}`;
    expect(said).not.toContain(SHIPPER.password);
    expect(said).not.toContain(btoa(`${SHIPPER.user}:${SHIPPER.password}`));
  });

  it("[G7] holds up no request and no end of a service while it is away", async () => {
    await servers.collector.container.stop();
    for (let count = 0; count < 20; count += 1) {
      const started = performance.now();
      expect((await request(traceId())).status).toBe(200);
      expect(performance.now() - started).toBeLessThan(3_000);
    }
    const started = performance.now();
    await gateway.container.stop({ t: 30 });
    expect(performance.now() - started).toBeLessThan(10_000);
    expect((await gateway.container.inspect()).State.ExitCode).toBe(0);
  });
});

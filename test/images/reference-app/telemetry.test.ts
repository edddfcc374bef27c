import { randomBytes } from "node:crypto";
import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { buffer } from "node:stream/consumers";
import { afterEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { AuditLog, type AuditEntry } from "../../../images/reference-app/audit/audit-log.ts";
import { startHttpServer, startService, startSilentServer, type TestService } from "./support.ts";

const SECRET = "a-token-that-nobody-may-see";

afterEach(() => vi.unstubAllEnvs());

/** What a collector was sent, by path. Texts stand in OTLP's messages as they are, and so do the bytes of a trace's id. */
type Sent = Record<"/v1/traces" | "/v1/logs", Buffer>;

async function startCollector(): Promise<{ readonly url: string; readonly sent: Sent }> {
  const sent: Sent = { "/v1/traces": Buffer.alloc(0), "/v1/logs": Buffer.alloc(0) };
  const port = await startHttpServer(async (request, response) => {
    const kind = request.url as keyof Sent;
    sent[kind] = Buffer.concat([sent[kind], await buffer(request)]);
    response.end();
  });
  return { url: `http://127.0.0.1:${port}`, sent };
}

/** Starts a service that is told of a collector as its process would be, where OpenTelemetry looks for it. */
async function startTraced(url: string, environment: Record<string, string> = {}): Promise<TestService> {
  const variables = {
    OTEL_EXPORTER_OTLP_ENDPOINT: url,
    OTEL_EXPORTER_OTLP_PROTOCOL: "http/protobuf",
    OTEL_SERVICE_NAME: "gateway-of-the-test",
    ...environment,
  };
  for (const [name, value] of Object.entries(variables))
    if (name.startsWith("OTEL_")) vi.stubEnv(name, value);
  return startService({ REFERENCE_PROOF_SECONDS: "600", ...variables });
}

/** A service that is asked for by another one; gives its address, and the traces that it was asked within. */
async function startCallee() {
  const traces: string[] = [];
  const port = await startHttpServer((request, response) => {
    const { traceparent } = request.headers;
    if (traceparent) traces.push(String(traceparent));
    response.end("{}");
  });
  return { url: `http://127.0.0.1:${port}`, traces };
}

function newTrace(flags = "01") {
  const id = randomBytes(16);
  return { id, headers: { traceparent: `00-${id.toString("hex")}-00f067aa0ba902b7-${flags}` } };
}

describe("a service that knows a collector", () => {
  it("[A8] [G16] sends a span of each request in the trace that it came with, and hands that on to whom it asks", async () => {
    const { url, sent } = await startCollector();
    const callee = await startCallee();
    const service = await startTraced(url, { BACKEND_URL: callee.url });
    const { id, headers } = newTrace();
    await fetch(`${service.url}/wiring?now`, { headers });
    await service.stop();
    const spans = sent["/v1/traces"];
    expect(spans.includes(id)).toBe(true);
    expect(spans.toString()).toContain("GET /wiring");
    expect(spans.toString()).toContain("gateway-of-the-test");
    expect(callee.traces.length).toBeGreaterThan(0);
    for (const trace of callee.traces) expect(trace).toMatch(new RegExp(`^00-${id.toString("hex")}-.*-01$`));
  });

  it("[A8] [M7] sends its log, each line with the trace of the request that it is about", async () => {
    const { url, sent } = await startCollector();
    const service = await startTraced(url);
    const { id, headers } = newTrace();
    await fetch(`${service.url}/nothing-is-here`, { headers });
    await service.stop();
    expect(sent["/v1/logs"].includes(id)).toBe(true);
    expect(sent["/v1/logs"].toString()).toContain("/nothing-is-here");
    expect(service.log.join("")).toContain("/nothing-is-here");
  });

  it("makes no trace of what probes ask, unless they are traced themselves", async () => {
    const { url, sent } = await startCollector();
    const service = await startTraced(url);
    await fetch(`${service.url}/ready`);
    const { id, headers } = newTrace();
    await fetch(`${service.url}/health`, { headers });
    await service.stop();
    expect(sent["/v1/traces"].includes(id)).toBe(true);
    expect(sent["/v1/traces"].toString()).not.toContain("/ready");
  });

  it("[A8] traces as many requests as it is told, and follows whoever decided before it", async () => {
    const { url, sent } = await startCollector();
    const sampling = { OTEL_TRACES_SAMPLER: "parentbased_traceidratio", OTEL_TRACES_SAMPLER_ARG: "0" };
    const callee = await startCallee();
    const service = await startTraced(url, { ...sampling, BACKEND_URL: callee.url });
    await fetch(`${service.url}/wiring?now`);
    expect(callee.traces.length).toBeGreaterThan(0);
    for (const trace of callee.traces) expect(trace).toMatch(/-00$/);
    const { id, headers } = newTrace();
    await fetch(`${service.url}/wiring`, { headers });
    await service.stop();
    expect(sent["/v1/traces"].includes(id)).toBe(true);
    expect(sent["/v1/traces"].toString().match(/GET \/wiring/g)).toHaveLength(1);
  });

  it("[G3] sends no credential, in whatever it stands", async () => {
    const { url, sent } = await startCollector();
    const { id, headers } = newTrace();
    const service = await startTraced(url, {
      API_TOKEN: SECRET,
      BACKEND_URL: `http://127.0.0.1:9/${SECRET}`,
    });
    await fetch(`${service.url}/wiring?now&token=other-secret`, { headers });
    await fetch(`${service.url}/${SECRET}`, { headers });
    await service.stop();
    const everything = Buffer.concat(Object.values(sent));
    expect(everything.includes(id)).toBe(true);
    expect(everything.toString()).toContain("•••");
    expect(everything.toString()).not.toContain(SECRET);
    expect(everything.toString()).not.toContain("other-secret");
  });

  it.each([
    ["TRACES", "/v1/traces", "/v1/logs"],
    ["LOGS", "/v1/logs", "/v1/traces"],
  ] as const)("sends no %s where nobody wants them", async (signal, unwanted, wanted) => {
    const { url, sent } = await startCollector();
    const service = await startTraced(url, { [`OTEL_${signal}_EXPORTER`]: "none" });
    await fetch(`${service.url}/wiring`);
    await service.stop();
    expect(sent[unwanted]).toHaveLength(0);
    expect(sent[wanted].length).toBeGreaterThan(0);
  });

  it("[G7] answers and stops in its time while the collector says nothing", async () => {
    const collector = await startSilentServer();
    const service = await startTraced(`http://127.0.0.1:${collector.port}`);
    const started = performance.now();
    for (let count = 0; count < 50; count += 1)
      expect((await fetch(`${service.url}/wiring`)).status).toBe(200);
    expect(performance.now() - started).toBeLessThan(5_000);
    const stopping = performance.now();
    await service.stop();
    expect(performance.now() - stopping).toBeLessThan(4_000);
  });

  it("says at its start that it doesn't speak another protocol", async () => {
    await expect(
      startTraced("http://127.0.0.1:4317", { OTEL_EXPORTER_OTLP_PROTOCOL: "grpc" }),
    ).rejects.toThrow('OTEL_EXPORTER_OTLP_PROTOCOL is "grpc", which is not spoken here: set "http/protobuf"');
  });
});

describe("a service that knows no collector", () => {
  it.each([{}, { OTEL_SDK_DISABLED: "true", OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:9" }])(
    "sends nothing, and hands on no trace: %o",
    async (environment) => {
      const callee = await startCallee();
      const { service, url } = await startService({
        ...environment,
        BACKEND_URL: callee.url,
        REFERENCE_PROOF_SECONDS: "600",
      });
      expect(service.telemetry).toBeUndefined();
      expect((await fetch(`${url}/wiring?now`, { headers: newTrace().headers })).status).toBe(200);
      expect(callee.traces).toEqual([]);
    },
  );
});

describe("the audit log", () => {
  it("[M7] is sent with the logs, once an entry is written down", async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "audit-"));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const sent: AuditEntry[] = [];
    const entry: AuditEntry = { event: "login failed", account: "admin", address: "192.0.2.1" };
    await new AuditLog(folder, (each) => sent.push(each)).append(entry);
    const [file] = await readdir(folder);
    expect(JSON.parse(await readFile(path.join(folder, file!), "utf8"))).toMatchObject(entry);
    expect(sent).toEqual([entry]);
    await rm(folder, { recursive: true });
    await expect(new AuditLog(folder, (each) => sent.push(each)).append(entry)).rejects.toThrow("ENOENT");
    expect(sent).toEqual([entry]);
  });

  it("[M7] [G3] is masked as the log is", async () => {
    const { url, sent } = await startCollector();
    const service = await startTraced(url, { API_TOKEN: SECRET });
    service.service.telemetry!.audit({ event: "login failed", account: `x-${SECRET}`, address: "192.0.2.7" });
    await service.stop();
    const text = sent["/v1/logs"].toString();
    expect(text).toContain("login failed");
    expect(text).toContain("192.0.2.7");
    expect(text).not.toContain(SECRET);
  });
});

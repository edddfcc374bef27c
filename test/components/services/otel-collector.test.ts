import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { grantsOf, Reference, textOf } from "../../../components/model/reference.ts";
import { permissionsOf } from "../../../components/model/workload.ts";
import { ExternalElasticsearch } from "../../../components/services/external-elasticsearch.ts";
import { Jaeger } from "../../../components/services/jaeger.ts";
import {
  OTEL_COLLECTOR_RESOURCES,
  OtelCollector,
  type OtelCollectorArgs,
} from "../../../components/services/otel-collector.ts";
import { type Logs, otelCollectorRecipe } from "../../../components/services/otel-collector-recipe.ts";
import { deploy } from "../../support/engine.ts";
import { settled } from "../../support/outputs.ts";
import { RecordingTarget } from "../../support/recording-target.ts";

const TRACES = { to: Reference.plain("jaeger:4317") };
const LOGS: Logs = {
  index: "lcnc-logs",
  search: {
    endpoint: Reference.plain("http://elasticsearch:9200"),
    user: Reference.plain("logs"),
    password: Reference.hidden('p"$ {ss:'),
  },
};

function recipe(given: Partial<Parameters<typeof otelCollectorRecipe>[0]> = {}) {
  const image = "otel/opentelemetry-collector-contrib:0.164.0";
  return otelCollectorRecipe({
    traces: undefined,
    logs: undefined,
    image,
    resources: OTEL_COLLECTOR_RESOURCES,
    ...given,
  });
}

const configuration = (given: Parameters<typeof recipe>[0]) =>
  JSON.parse(recipe(given).files!["collector.yaml"] as string);

/** Makes a collector with a target that records; gives both. */
async function made(args: Omit<OtelCollectorArgs, "target">) {
  const target = new RecordingTarget();
  let collector: OtelCollector | undefined;
  await deploy(() => {
    collector = new OtelCollector("otel-collector", { target, ...args });
  });
  return { target, collector: collector! };
}

describe("the OpenTelemetry collector", () => {
  it.each([
    ["traces", { traces: TRACES }, { traces: "otlp" }],
    ["logs", { logs: LOGS }, { logs: "elasticsearch" }],
    ["both", { traces: TRACES, logs: LOGS }, { traces: "otlp", logs: "elasticsearch" }],
  ])("[G16] passes on %s, and has nothing that nobody chose", (_, given, expected) => {
    const { service, exporters, processors, receivers, extensions } = configuration(given);
    const sent = Object.entries<{ exporters: string[] }>(service.pipelines).map(([signal, pipeline]) => [
      signal,
      pipeline.exporters.join(),
    ]);
    expect(Object.fromEntries(sent)).toEqual(expected);
    expect(Object.keys(exporters).toSorted()).toEqual(Object.values(expected).toSorted());
    for (const pipeline of Object.values<Record<string, string[]>>(service.pipelines)) {
      // The limiter is of use only before all others, and batches are made of what it let through.
      expect(pipeline["processors"]).toEqual(["memory_limiter", "batch"]);
      expect(Object.keys(processors)).toEqual(expect.arrayContaining(pipeline["processors"]!));
      expect(Object.keys(receivers)).toEqual(expect.arrayContaining(pipeline["receivers"]!));
    }
    expect(service.extensions).toEqual(Object.keys(extensions));
  });

  it("[G6] refuses more before it reaches its limit of memory, whatever that is", () => {
    fc.assert(
      fc.property(fc.integer({ min: 64, max: 65_536 }), (memoryLimitMiB) => {
        const resources = { ...OTEL_COLLECTOR_RESOURCES, memoryLimitMiB };
        const { memory_limiter: limiter } = configuration({ traces: TRACES, resources }).processors;
        expect(limiter.limit_mib).toBeLessThan(memoryLimitMiB);
        expect(limiter.spike_limit_mib).toBeGreaterThan(0);
        expect(limiter.limit_mib - limiter.spike_limit_mib).toBeGreaterThan(memoryLimitMiB / 2 - 1);
      }),
    );
  });

  it("listens where its ports, its probe and its metrics are looked for", () => {
    const { ports, probes, metrics, user, ...rest } = recipe({ traces: TRACES });
    const { receivers, extensions, service } = configuration({ traces: TRACES });
    expect(receivers.otlp.protocols).toEqual({
      http: { endpoint: `0.0.0.0:${ports!["otlp-http"]!.number}` },
      grpc: { endpoint: `0.0.0.0:${ports!["otlp-grpc"]!.number}` },
    });
    expect(extensions.health_check.endpoint).toBe(`0.0.0.0:${ports!["health"]!.number}`);
    expect(probes.readiness.check).toMatchObject({ port: "health" });
    expect(service.telemetry.metrics.readers[0].pull.exporter.prometheus.port).toBe(
      ports![metrics!.port]!.number,
    );
    expect(user).toEqual({ uid: 10001, gid: 10001 });
    expect(rest).not.toHaveProperty("writableRoot");
  });

  it("[A8] writes logs to an index of each day, with the password in a file of its own alone", async () => {
    const { files, env } = recipe({ logs: LOGS });
    const { elasticsearch } = configuration({ logs: LOGS }).exporters;
    expect(elasticsearch).toMatchObject({ logs_index: "lcnc-logs", logstash_format: { enabled: true } });
    const named = /^\$\{file:\/run\/keelson\/(.+)\}$/.exec(elasticsearch.headers.Authorization)![1]!;
    const { value, secret } = await settled(textOf(files![named]!));
    expect(secret).toBe(true);
    expect(value.startsWith("Basic ")).toBe(true);
    expect(Buffer.from(value.slice("Basic ".length), "base64").toString()).toBe('logs:p"$ {ss:');
    // Nothing in it is more than text to what reads the configuration.
    expect(value).toMatch(/^Basic [\w+/=]+$/);
    const { [named]: _, ...others } = { ...files, ...env };
    for (const setting of Object.values(others))
      expect((await settled(textOf(setting))).value).not.toContain('p"$');
  });

  it("[G3] may reach where it passes things on to, and nothing else", async () => {
    const target = new RecordingTarget();
    await deploy(async () => {
      const jaeger = new Jaeger("jaeger", { target });
      const elasticsearch = new ExternalElasticsearch("elasticsearch", {
        target,
        url: "https://search.example.com/prefix",
        clients: { logs: { user: "logs", password: "given" } },
      });
      const search = elasticsearch.client("logs", { "lcnc-logs-*": {} });
      void new OtelCollector("otel-collector", {
        target,
        traces: { to: jaeger.otlp },
        logs: { search, index: "lcnc-logs" },
      });
      const endpoint = target.workloads["otel-collector"]!.env!["LOGS_ENDPOINT"]!;
      expect((await settled(textOf(endpoint))).value).toBe("https://search.example.com:443/prefix");
    });
    const grants = permissionsOf(target.workloads["otel-collector"]!);
    expect(grants.map(({ endpoint, port }) => `${endpoint.host} ${endpoint.ports[port]!.number}`)).toEqual([
      "jaeger 4317",
      "search.example.com 443",
    ]);
  });
});

describe("what a program is told of the collector", () => {
  it("[A8] is where to send, by what name, and to trace a tenth of all requests", async () => {
    const { collector } = await made({ traces: TRACES });
    const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, ...plain } = collector.variablesOf("backend");
    expect((await settled(textOf(endpoint!))).value).toBe("http://otel-collector:4318");
    expect(grantsOf([endpoint!]).map(({ port }) => port)).toEqual(["otlp-http"]);
    expect(plain).toEqual({
      OTEL_SERVICE_NAME: "backend",
      OTEL_EXPORTER_OTLP_PROTOCOL: "http/protobuf",
      OTEL_TRACES_EXPORTER: "otlp",
      OTEL_TRACES_SAMPLER: "parentbased_traceidratio",
      OTEL_TRACES_SAMPLER_ARG: "0.1",
      OTEL_LOGS_EXPORTER: "none",
      OTEL_METRICS_EXPORTER: "none",
    });
  });

  it("is to send no traces where they go nowhere", async () => {
    const { collector } = await made({ logs: LOGS });
    expect(collector.variablesOf("backend")).toMatchObject({
      OTEL_TRACES_EXPORTER: "none",
      OTEL_LOGS_EXPORTER: "otlp",
    });
  });

  it("is all mistakes at once, before anything is made", async () => {
    const target = new RecordingTarget();
    await deploy(() => {
      const wrong = { traces: { ...TRACES, samplingRatio: 10 }, logs: { ...LOGS, index: "Logs*" } };
      expect(() => new OtelCollector("otel-collector", { target, ...wrong })).toThrow(
        /10 is no share of requests.*"Logs\*" begins no name of an index/,
      );
      expect(() => new OtelCollector("otel-collector", { target })).toThrow(/nothing would be passed on/);
    });
    expect(target.workloads).toEqual({});
  });
});

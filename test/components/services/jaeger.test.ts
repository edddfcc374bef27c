import { describe, expect, it } from "vitest";
import { Jaeger, JAEGER_RESOURCES, jaegerRecipe } from "../../../components/services/jaeger.ts";
import { Docker } from "../../../components/targets/docker/docker.ts";
import { deploy } from "../../support/engine.ts";
import { settled } from "../../support/outputs.ts";
import { RecordingTarget } from "../../support/recording-target.ts";

const settings = { image: "jaegertracing/jaeger:2.20.0", resources: JAEGER_RESOURCES, maxTraces: 500 };

const configuration = () => JSON.parse(jaegerRecipe(settings).files!["jaeger.yaml"] as string);

describe("Jaeger", () => {
  it("[A8] [G16] keeps as many traces as it was told, in memory, and takes them by OTLP", () => {
    const { extensions, exporters, receivers, service } = configuration();
    const { jaeger_storage: storage, jaeger_query: query } = extensions;
    const [[name, store]] = Object.entries(storage.backends) as [[string, unknown]];
    expect(store).toEqual({ memory: { max_traces: 500 } });
    expect(query.storage.traces).toBe(name);
    expect(exporters.jaeger_storage_exporter.trace_storage).toBe(name);
    expect(receivers.otlp.protocols.grpc.endpoint).toMatch(/:4317$/);
    expect(service.pipelines).toEqual({
      traces: { receivers: ["otlp"], exporters: ["jaeger_storage_exporter"] },
    });
    expect(service.extensions.toSorted()).toEqual(Object.keys(extensions).toSorted());
  });

  it("listens where its ports, its probe and its metrics are looked for", () => {
    const { ports, probes, metrics } = jaegerRecipe(settings);
    const { extensions, service } = configuration();
    expect(extensions.jaeger_query.http.endpoint).toBe(`0.0.0.0:${ports!["http"]!.number}`);
    expect(extensions.healthcheckv2.http.endpoint).toBe(`0.0.0.0:${ports!["health"]!.number}`);
    expect(probes.readiness.check).toEqual({ kind: "http", port: "health", path: "/status" });
    const [{ pull }] = service.telemetry.metrics.readers;
    expect(pull.exporter.prometheus).toEqual({ host: "0.0.0.0", port: ports![metrics!.port]!.number });
  });

  it("[G7] runs without rights, and collects garbage before it reaches its limit of memory", () => {
    const { user, env, ...rest } = jaegerRecipe(settings);
    expect(user).toEqual({ uid: 10001, gid: 10001 });
    expect(rest).not.toHaveProperty("writableRoot");
    const mebibytes = Number(/^(\d+)MiB$/.exec(env!["GOMEMLIMIT"] as string)![1]);
    expect(mebibytes).toBeLessThan(JAEGER_RESOURCES.memoryLimitMiB);
    expect(mebibytes).toBeGreaterThan(JAEGER_RESOURCES.memoryLimitMiB / 2);
  });

  it("says where spans are sent, and where its page is", async () => {
    const target = new RecordingTarget();
    let jaeger: Jaeger | undefined;
    await deploy(() => {
      jaeger = new Jaeger("jaeger", { target });
    });
    expect((await settled(jaeger!.otlp.value)).value).toBe("jaeger:4317");
    expect((await settled(jaeger!.http.value)).value).toBe("jaeger:16686");
    expect((await settled(jaeger!.url.value)).value).toBe("http://jaeger:16686");
    expect(target.workloads["jaeger"]!.image).toMatch(/jaeger/);
  });

  it.each([0, -1, 1.5, Number.NaN])(
    "refuses to keep %d traces, before anything is made",
    async (maxTraces) => {
      const target = new RecordingTarget();
      await deploy(() => {
        expect(() => new Jaeger("jaeger", { target, maxTraces })).toThrow(
          `${maxTraces} traces can't be kept; give a whole number above 0`,
        );
      });
      expect(target.workloads).toEqual({});
    },
  );

  it("runs on Docker", async () => {
    const registered = await deploy(() => {
      const target = new Docker("docker");
      void new Jaeger("jaeger", { target });
    });
    const containers = registered.filter(({ type }) => type.startsWith("docker:index/container:"));
    expect(containers.map(({ name }) => name)).toContain("docker-jaeger");
  });
});

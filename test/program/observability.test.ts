import { beforeAll, describe, expect, it } from "vitest";
import { Docker } from "../../components/targets/docker/docker.ts";
import { Kubernetes } from "../../components/targets/kubernetes/kubernetes.ts";
import { imagesFor } from "../../stacks/images.ts";
import { platforms } from "../../stacks/platforms.ts";
import { deploy, type Registration } from "../support/engine.ts";
import { Recorder } from "../support/reachability-recorder.ts";

const TARGETS = {
  docker: () => new Docker("box", { machine: { cpus: 64, memoryGiB: 256, storageGiB: 4096 } }),
  kubernetes: () => new Kubernetes("box", { cluster: { nodes: [{ cpus: 16, memoryGiB: 64, count: 10 }] } }),
} as const;

type Common = Parameters<typeof platforms.acceleration.make>[0];

/** Platforms, and what of each publishes metrics beside what all have. */
const PLATFORMS = {
  acceleration: {
    make: (common: Common) => platforms.acceleration.make(common, {}, {}),
    published: [
      ...["agents:8002", "gateway:8000", "observability:8007", "orchestrator:8001", "rag:8004"],
      ...["sqltool:8005", "tools:8003", "workflow-engine:8006"],
      ...["postgres-exporter:9187", "redis-exporter:9121"],
    ],
  },
  melvin: {
    make: (common: Common) => platforms.melvin.make(common, {}, {}),
    published: ["api:8000", "mongodb-exporter:9216", "postgres-exporter:9187", "qdrant:6336"],
  },
  semantik: {
    make: (common: Common) => platforms.semantik.make(common, {}, {}),
    published: [
      ...["flower:5555", "vecpipe:8000", "webui:8080", "qdrant:6336"],
      ...["postgres-exporter:9187", "redis-exporter:9121"],
    ],
  },
} as const;

const CASES = Object.keys(TARGETS).flatMap((target) =>
  Object.keys(PLATFORMS).map(
    (platform) => [platform, target] as [keyof typeof PLATFORMS, keyof typeof TARGETS],
  ),
);

describe.each(CASES)("%s on %s, observed", (platform, target) => {
  let recorder: Recorder;
  let all: readonly Registration[];

  beforeAll(async () => {
    all = await deploy(() => {
      recorder = new Recorder(TARGETS[target]());
      const common = {
        target: recorder,
        host: "box.test",
        environment: "production",
        images: imagesFor({}),
      } as const;
      PLATFORMS[platform].make({ ...common, observability: { logs: true } });
    });
  });

  /** What a service refers to, as `host:port`; copies have a host name of their own on some targets. */
  const serversOf = (name: string) =>
    recorder.references.flatMap((line) => {
      const [client, server = ""] = line.split(" → ");
      return client === name ? [server.replace(/-(peers|copies):/, ":")] : [];
    });

  it("[G16] [A8] [K9] [M7] may read the metrics of what publishes any, and opens nothing else", () => {
    const machine = target === "docker" ? ["node-exporter:9100"] : [];
    const standing = ["jaeger:8888", "otel-collector:8888", ...machine];
    expect([...new Set(serversOf("prometheus"))].toSorted()).toEqual(
      [...PLATFORMS[platform].published, ...standing].toSorted(),
    );
  });

  it("[A8] [M7] has traces and logs go by way of the collector, and nobody else to where they are kept", () => {
    const clientsOf = (server: string) =>
      recorder.references.flatMap((line) => (line.endsWith(` → ${server}`) ? [line.split(" → ")[0]] : []));
    expect(new Set(clientsOf("jaeger:4317"))).toEqual(new Set(["otel-collector"]));
    expect(new Set(clientsOf("logs:9200"))).toEqual(
      new Set(["otel-collector", "logs-otel-collector-client"]),
    );
  });

  it("[K9] leads browsers to Grafana, and nobody from outside to Prometheus or Jaeger", () => {
    expect(recorder.exposed).toContain("grafana:3000");
    expect(
      recorder.exposed.filter((server) => /^(prometheus|jaeger|otel-collector|logs)[:-]/.test(server)),
    ).toEqual([]);
    expect([...new Set(serversOf("grafana"))]).toEqual(["prometheus:9090"]);
  });

  it("[G3] [K9] shows no secret of theirs in what is registered", () => {
    const generated = all.filter(({ type }) => type.endsWith(":RandomPassword")).map(({ name }) => name);
    expect(generated.some((name) => name.includes("grafana-password"))).toBe(true);
    expect(JSON.stringify(all.map(({ inputs }) => inputs))).not.toContain("generated-by-grafana");
  });
});

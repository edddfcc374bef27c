import { describe, expect, it } from "vitest";
import { Reference } from "../../../../components/model/reference.ts";
import type { Scaling, Signal } from "../../../../components/model/scaling.ts";
import { autoscaled, followed } from "../../../../components/targets/kubernetes/autoscaling.ts";
import type { Features } from "../../../../components/targets/kubernetes/cluster.ts";
import { Kubernetes } from "../../../../components/targets/kubernetes/kubernetes.ts";
import { deploy } from "../../../support/engine.ts";
import { objects, workload } from "../../../support/exposed.ts";

const cache = { host: "cache", ports: { redis: { number: 6379 } }, ready: [] };
const cpu: Signal = { kind: "cpu", percent: 60 };
const memory: Signal = { kind: "memory", percent: 80 };
const metric: Signal = { kind: "metric", name: "requests_per_second", perCopy: 2.5 };
const queue: Signal = {
  kind: "queue",
  server: Reference.to(cache, "redis"),
  password: Reference.hidden("open-sesame"),
  list: "documents",
  perCopy: 10,
};
const keda = { namespace: "keda" };
const scaling = (...signals: Signal[]): Scaling => ({ min: 2, max: 10, signals });

/** What is registered for a workload with these wishes, on a target that is told of these Prometheus servers. */
const deployed = (wish: Scaling, features: Features = {}, metricsServers: readonly string[] = []) =>
  deploy(() => {
    const nodes = [{ cpus: 4, memoryGiB: 16, count: 4 }];
    const target = new Kubernetes("t", { cluster: { nodes, features } });
    for (const name of metricsServers) target.followMetricsAt({ name, port: 9090 });
    target.run("cache", () => workload({}, { redis: { number: 6379 } }), { parent: target });
    target.run("web", () => ({ ...workload(), scaling: wish }), { parent: target, copies: wish.min });
  });

describe("the number of copies", () => {
  it("is an autoscaler's business where it may change", () => {
    expect(autoscaled(scaling(cpu))).toBe(true);
    expect(autoscaled({ min: 3, max: 3, signals: [cpu] })).toBe(false);
    expect(autoscaled(undefined)).toBe(false);
  });

  it("is stated by no one else then", async () => {
    const all = await deployed(scaling(cpu));
    expect(objects(all, "Deployment")["web"].spec).not.toHaveProperty("replicas");
    expect(objects(all, "Deployment")["cache"].spec).toMatchObject({ replicas: 1 });
  });

  it("[A9] [O6] follows CPU, memory and what the workload publishes, up at once and down slowly", async () => {
    const all = await deployed(scaling(cpu, memory, metric), { customMetrics: true });
    const { web } = objects(all, "HorizontalPodAutoscaler");
    expect(web.spec).toMatchObject({
      scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "web" },
      minReplicas: 2,
      maxReplicas: 10,
      metrics: [
        {
          type: "Resource",
          resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 60 } },
        },
        {
          type: "Resource",
          resource: { name: "memory", target: { type: "Utilization", averageUtilization: 80 } },
        },
        {
          type: "Pods",
          pods: {
            metric: { name: "requests_per_second" },
            target: { type: "AverageValue", averageValue: "2500m" },
          },
        },
      ],
      behavior: {
        scaleUp: { stabilizationWindowSeconds: 0 },
        scaleDown: { stabilizationWindowSeconds: 300 },
      },
    });
  });
});

describe("signals", () => {
  it.each<[string, readonly Signal[], Features, readonly Signal[]]>([
    ["that a cluster can't measure are left out", [memory, metric, queue], {}, [memory]],
    [
      "[S6] of which none can be measured give way to CPU",
      [metric, queue],
      {},
      [{ kind: "cpu", percent: 70 }],
    ],
    ["that are none give way to CPU", [], { keda }, [{ kind: "cpu", percent: 70 }]],
    [
      "that Kubernetes can follow alone are left to it, KEDA or not",
      [cpu, metric],
      { customMetrics: true, keda },
      [cpu, metric],
    ],
    ["[S6] that nobody has the figures of are left out, KEDA or not", [cpu, metric], { keda }, [cpu]],
  ])("%s", (_, signals, features, expected) => {
    expect(followed(signals, { features })).toEqual({ by: "kubernetes", signals: expected });
  });

  it("are all KEDA's where one needs it, but what workloads publish, which nobody has the figures of", () => {
    const features = { customMetrics: true, keda };
    expect(followed([cpu, metric, queue], { features })).toEqual({ by: "keda", signals: [cpu, queue] });
  });

  it("[S6] [A9] that a workload publishes are asked of the stack's own Prometheus, where there is KEDA and no adapter", async () => {
    const all = await deployed(scaling(cpu, metric), { keda }, ["prometheus"]);
    expect(objects(all, "HorizontalPodAutoscaler")).toEqual({});
    const { triggers } = objects(all, "ScaledObject")["web"].spec;
    expect(triggers).toEqual([
      { type: "cpu", metricType: "Utilization", metadata: { value: "60" } },
      {
        type: "prometheus",
        metadata: {
          serverAddress: "http://prometheus.t.svc:9090",
          query: 'sum(rate(requests_total{job="web"}[2m]))',
          threshold: "2.5",
        },
      },
    ]);
    const { spec } = objects(all, "NetworkPolicy")["prometheus.from.web-scaling"];
    expect(spec).toMatchObject({
      podSelector: { matchLabels: { "app.kubernetes.io/name": "prometheus" } },
      ingress: [
        {
          from: [{ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "keda" } } }],
          ports: [{ port: 9090, protocol: "TCP" }],
        },
      ],
    });
  });

  it("[A9] that a workload publishes are an adapter's business where there is one, Prometheus or not", async () => {
    const all = await deployed(scaling(metric), { keda, customMetrics: true }, ["prometheus"]);
    expect(objects(all, "ScaledObject")).toEqual({});
    expect(objects(all, "HorizontalPodAutoscaler")["web"].spec.metrics).toMatchObject([{ type: "Pods" }]);
  });

  it("[A9] that a workload publishes are asked of the cluster's Prometheus, which reads other namespaces as well", async () => {
    const prometheusOperator = { namespace: "monitoring", url: "http://prometheus.monitoring.svc:9090" };
    const all = await deployed(scaling({ kind: "metric", name: "active_workflows", perCopy: 10 }), {
      keda,
      prometheusOperator,
    });
    expect(objects(all, "ScaledObject")["web"].spec.triggers).toEqual([
      {
        type: "prometheus",
        metadata: {
          serverAddress: "http://prometheus.monitoring.svc:9090",
          query: 'sum(active_workflows{namespace="t",job="web"})',
          threshold: "10",
        },
      },
    ]);
  });

  it("[G5] let KEDA open the servers that it asks, and nothing where it asks none", async () => {
    const opened = async (wish: Scaling, features: Features) =>
      Object.keys(objects(await deployed(wish, features), "NetworkPolicy")).filter((name) =>
        name.endsWith("-scaling"),
      );
    expect(await opened(scaling(cpu, queue), { keda })).toEqual(["cache.from.web-scaling"]);
    expect(await opened(scaling(cpu, queue), {})).toEqual([]);
    expect(await opened(scaling(cpu), { keda })).toEqual([]);
    expect(await opened({ ...scaling(queue), max: 2 }, { keda })).toEqual([]);
  });
});

describe("the most copies that there may be", () => {
  it("[G8] [O6] have to fit the nodes before anything is made, and the table says so where they don't", async () => {
    // Each asks for 0.1 cores and 64 MiB; the nodes have 16 cores and 64 GiB.
    await expect(deployed({ min: 2, max: 200, signals: [cpu] })).rejects.toThrow(
      /does not fit the cluster's nodes: .*\n(.*\n)*web +.*200/,
    );
  });
});

import { describe, expect, it } from "vitest";
import { Reference } from "../../../../components/model/reference.ts";
import type { Scaling, Signal } from "../../../../components/model/scaling.ts";
import { autoscaled, followed, measuredFrom } from "../../../../components/targets/kubernetes/autoscaling.ts";
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

const deployed = (wish: Scaling, features: Features = {}) =>
  deploy(() => {
    const nodes = [{ cpus: 4, memoryGiB: 16, count: 4 }];
    const target = new Kubernetes("t", { cluster: { nodes, features } });
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
  ])("%s", (_, signals, features, expected) => {
    expect(followed(scaling(...signals), features)).toEqual({ by: "kubernetes", signals: expected });
  });

  it("are all KEDA's where one needs it, but what workloads publish, which it can't read", () => {
    const features = { customMetrics: true, keda };
    expect(followed(scaling(cpu, metric, queue), features)).toEqual({ by: "keda", signals: [cpu, queue] });
  });

  it("[G5] let KEDA open the servers that it asks, and nothing where it asks none", () => {
    const ports = (wish: Scaling | undefined, features: Features) =>
      measuredFrom(wish, features).map(({ endpoint, port }) => `${endpoint.host}:${port}`);
    expect(ports(scaling(cpu, queue), { keda })).toEqual(["cache:redis"]);
    expect(ports(scaling(cpu, queue), {})).toEqual([]);
    expect(ports(scaling(cpu), { keda })).toEqual([]);
    expect(ports({ ...scaling(queue), max: 2 }, { keda })).toEqual([]);
    expect(ports(undefined, { keda })).toEqual([]);
  });
});

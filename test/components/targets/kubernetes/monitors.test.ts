import { describe, expect, it } from "vitest";
import type { Monitored } from "../../../../components/model/monitoring.ts";
import { Reference } from "../../../../components/model/reference.ts";
import type { Metrics } from "../../../../components/model/monitoring.ts";
import type { Features } from "../../../../components/targets/kubernetes/cluster.ts";
import { Kubernetes } from "../../../../components/targets/kubernetes/kubernetes.ts";
import { deploy, SECRET, secretsOf } from "../../../support/engine.ts";
import { NAMESPACE, objects, workload } from "../../../support/exposed.ts";

const operated: Features = {
  prometheusOperator: { namespace: "monitoring", labels: { release: "kube-prometheus" } },
};

/** What is registered for a workload "web" that publishes metrics, beside one that publishes none. */
const deployed = (metrics: Omit<Metrics, "port"> = {}, monitored: Monitored = {}, features = operated) =>
  deploy(() => {
    const nodes = [{ cpus: 4, memoryGiB: 16, count: 4 }];
    const target = new Kubernetes("t", { cluster: { nodes, features }, namespace: NAMESPACE });
    const published = { metrics: { port: "metrics", ...metrics }, ...monitored };
    target.run("web", () => ({ ...workload({}, { metrics: { number: 9000 } }), ...published }), {
      parent: target,
    });
    target.run("silent", () => workload(), { parent: target });
  });

describe("what the Prometheus operator is asked for", () => {
  it("[G16] is to read every copy of what publishes metrics, by the name of its port", async () => {
    const all = await deployed({ path: "/internal/metrics" });
    expect(objects(all, "PodMonitor")).toEqual({
      web: expect.objectContaining({
        apiVersion: "monitoring.coreos.com/v1",
        metadata: expect.objectContaining({
          namespace: NAMESPACE,
          labels: expect.objectContaining({ "app.kubernetes.io/name": "web", release: "kube-prometheus" }),
        }),
        spec: {
          jobLabel: "app.kubernetes.io/name",
          selector: {
            matchLabels: { "app.kubernetes.io/name": "web", "app.kubernetes.io/instance": "t" },
          },
          podMetricsEndpoints: [
            { port: "metrics", path: "/internal/metrics", interval: "15s", scrapeTimeout: "10s" },
          ],
        },
      }),
    });
  });

  it("[O8] [G16] is to read as often as a service states, and to wait no longer than until the next time", async () => {
    const { spec } = objects(await deployed({ intervalSeconds: 5 }), "PodMonitor")["web"];
    expect(spec.podMetricsEndpoints).toMatchObject([{ interval: "5s", scrapeTimeout: "5s" }]);
  });

  it("[G16] is to judge what is declared, and whether it answers and comes near its limit, in its own namespace", async () => {
    const QueueLong = {
      expr: "queue_length > 100",
      forSeconds: 300,
      severity: "warning",
      summary: "{{ $labels.job }} has {{ $value }} waiting",
    } as const;
    const all = await deployed({}, { alerts: { QueueLong } });
    expect(Object.keys(objects(all, "PrometheusRule"))).toEqual(["web"]);
    const { metadata, spec } = objects(all, "PrometheusRule")["web"];
    expect(metadata.labels).toMatchObject({ release: "kube-prometheus" });
    expect(spec.groups).toMatchObject([
      {
        name: "keelson",
        rules: [
          {
            alert: "Down",
            expr: 'up{namespace="edges",job="web"} == 0 or absent(up{namespace="edges",job="web"})',
            for: "60s",
            labels: { severity: "critical" },
          },
          {
            alert: "MemoryNearLimit",
            expr: 'process_resident_memory_bytes{namespace="edges",job="web"} / 134217728 > 0.9',
          },
          {
            alert: "QueueLong",
            expr: "queue_length > 100",
            for: "300s",
            labels: { severity: "warning" },
            annotations: { summary: "{{ $labels.job }} has {{ $value }} waiting" },
          },
        ],
      },
    ]);
  });

  it.each([
    [
      "a user and a password",
      { kind: "basic", user: "reader", password: Reference.hidden("open-sesame") },
      {
        basicAuth: {
          username: { name: "web-metrics", key: "username" },
          password: { name: "web-metrics", key: "password" },
        },
      },
    ],
    [
      "a token",
      { kind: "bearer", token: Reference.hidden("open-sesame") },
      { authorization: { type: "Bearer", credentials: { name: "web-metrics", key: "token" } } },
    ],
  ] as const)("[G3] shows %s by the keys of a Secret", async (_, credentials, expected) => {
    const all = await deployed({ credentials });
    expect(objects(all, "PodMonitor")["web"].spec.podMetricsEndpoints).toMatchObject([expected]);
    expect(objects(all, "Secret")["web-metrics"]).toMatchObject({ stringData: SECRET });
    const secret = all.find(({ type, name }) => type.endsWith(":Secret") && name === "t-web-metrics")!;
    expect(secretsOf(secret).join()).toContain("open-sesame");
    expect(JSON.stringify(all)).not.toContain("open-sesame");
  });

  it("[G5] comes to what publishes metrics from its own namespace, on that port, and to nothing else", async () => {
    const policies = objects(await deployed(), "NetworkPolicy");
    const opened = Object.keys(policies).filter((name) => name.endsWith(".prometheus-operator"));
    expect(opened).toEqual(["web.from.prometheus-operator"]);
    expect(policies[opened[0]!].spec.ingress).toEqual([
      {
        from: [{ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "monitoring" } } }],
        ports: [{ port: 9000, protocol: "TCP" }],
      },
    ]);
  });

  it("is nothing where the cluster has no such operator", async () => {
    const all = await deployed({}, {}, {});
    expect(objects(all, "PodMonitor")).toEqual({});
    expect(objects(all, "PrometheusRule")).toEqual({});
    expect(Object.keys(objects(all, "NetworkPolicy")).join()).not.toContain("prometheus");
  });
});

import { describe, expect, it } from "vitest";
import { deploy as stack } from "../../stacks/deploy.ts";
import { deploy, type Registration } from "../support/engine.ts";
import { stackWith } from "../support/stack-file.ts";

const KEDA = { namespace: "keda" };
const OPERATOR = { namespace: "monitoring", url: "http://prometheus-operated.monitoring.svc:9090" };

/** What a stack registers on a cluster that has these features; observed with the defaults, or not at all. */
const registered = (name: string, features: object, observed = false) =>
  deploy(() => {
    const changes = {
      "keelson:kubernetes": { features },
      ...(observed && { "keelson:observability": {} }),
    };
    return stack(stackWith(name, changes, []));
  });

const specOf = (all: readonly Registration[], kind: string, name: string) =>
  all.find(({ type, inputs }) => type.endsWith(`:${kind}`) && inputs["metadata"]?.name === name)?.inputs[
    "spec"
  ];

/** Queries of KEDA's triggers for a service. */
const queriesOf = (all: readonly Registration[], name: string) => {
  const { triggers } = specOf(all, "ScaledObject", name) as { triggers: { metadata: any }[] };
  return triggers.flatMap(({ metadata: { query, serverAddress, threshold } }) =>
    query === undefined ? [] : [{ query, serverAddress, threshold }],
  );
};

describe("Acceleration's five signals", () => {
  const queries = (labels: string) => ({
    gateway: `sum(rate(http_requests_total{${labels}job="gateway"}[2m]))`,
    orchestrator: `sum(active_workflows{${labels}job="orchestrator"})`,
    rag: `sum(document_queue_length{${labels}job="rag"})`,
    tools: `sum(rate(tool_requests_total{${labels}job="tools"}[2m]))`,
    observability: `sum(rate(telemetry_items_total{${labels}job="observability"}[2m]))`,
  });
  const thresholds = { gateway: "100", orchestrator: "10", rag: "50", tools: "20", observability: "500" };

  it.each([
    ["the stack's own Prometheus", { keda: KEDA }, true, "http://prometheus.lcnc-platform.svc:9090", ""],
    [
      "the cluster's",
      { keda: KEDA, prometheusOperator: OPERATOR },
      false,
      OPERATOR.url,
      'namespace="lcnc-platform",',
    ],
  ] as const)("[A9] are asked of %s by KEDA", async (_, features, observed, serverAddress, labels) => {
    const all = await registered("acceleration-kubernetes", features, observed);
    for (const [name, query] of Object.entries(queries(labels))) {
      const threshold = thresholds[name as keyof typeof thresholds];
      expect(queriesOf(all, name), name).toEqual([{ query, serverAddress, threshold }]);
      expect(specOf(all, "HorizontalPodAutoscaler", name), name).toBeUndefined();
    }
    // Those with no metrics of their own to follow are left to Kubernetes' own autoscaler.
    expect(specOf(all, "HorizontalPodAutoscaler", "sqltool")).toBeDefined();
  });

  it("[A9] [G16] are an adapter's where there is one, of what the operator's Prometheus reads", async () => {
    const features = { keda: KEDA, customMetrics: true, prometheusOperator: OPERATOR };
    const all = await registered("acceleration-kubernetes", features);
    expect(all.filter(({ type }) => type.endsWith(":ScaledObject"))).toEqual([]);
    for (const name of Object.keys(thresholds))
      expect(specOf(all, "PodMonitor", name), name).toMatchObject({
        podMetricsEndpoints: [{ port: "http", path: "/metrics" }],
      });
  });
});

describe("Skills' backend", () => {
  it.each([
    [
      "an adapter",
      { customMetrics: true },
      { type: "Pods", pods: { metric: { name: "http_requests_per_second" } } },
    ],
    ["nothing for requests", {}, { type: "Resource", resource: { name: "cpu" } }],
  ])(
    "[S6] follows its rate of requests, or its processors, where there is %s",
    async (_, features, metric) => {
      const all = await registered("skills-kubernetes", features);
      expect(specOf(all, "HorizontalPodAutoscaler", "backend")).toMatchObject({ metrics: [metric] });
    },
  );

  it("[S6] follows its rate of requests by KEDA and the cluster's Prometheus", async () => {
    const all = await registered("skills-kubernetes", { keda: KEDA, prometheusOperator: OPERATOR });
    expect(queriesOf(all, "backend")).toMatchObject([
      { query: expect.stringMatching(/^sum\(rate\(http_requests_total\{.*job="backend"\}\[2m\]\)\)$/) },
    ]);
    expect(specOf(all, "PodMonitor", "backend")).toBeDefined();
  });
});

describe("Melvin", () => {
  it("[M7] has its api's metrics read by the cluster's Prometheus at /metrics, and is asked how it is at /health", async () => {
    const all = await registered("melvin-kubernetes", { prometheusOperator: OPERATOR });
    expect(specOf(all, "PodMonitor", "api")).toMatchObject({
      podMetricsEndpoints: [{ port: "http", path: "/metrics", interval: "15s" }],
    });
    const [container] = specOf(all, "Deployment", "api").template.spec.containers;
    expect(container.readinessProbe.httpGet.path).toBe("/health");
  });

  it("[M7] has its api's metrics read by its own Prometheus at /metrics, where it is observed", async () => {
    const all = await registered("melvin-kubernetes", {}, true);
    const files = all.find(
      ({ type, inputs }) => type.endsWith(":ConfigMap") && inputs["metadata"].name === "prometheus-files",
    )!;
    expect(files.inputs["data"]["prometheus.yml"]).toMatch(
      /job_name: "api"\n.*\n.*\n +metrics_path: "\/metrics"/,
    );
  });
});

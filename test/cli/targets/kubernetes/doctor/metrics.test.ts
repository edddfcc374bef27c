import { expect, test } from "vitest";
import { metricsFacts } from "../../../../../cli/targets/kubernetes/doctor/metrics.ts";
import { onCluster } from "../../../../../cli/targets/kubernetes/objects.ts";
import { fakeCluster } from "../fake-client.ts";

/** A service that answers for a part of the API, or doesn't at the moment. */
const service = (group: string, available = "True") => ({
  apiVersion: "apiregistration.k8s.io/v1",
  kind: "APIService",
  metadata: { name: `v1beta1.${group}` },
  spec: { group },
  status: { conditions: [{ type: "Available", status: available }] },
});

const planned = (kind: string, name: string, spec: object) => {
  const apiVersion = kind === "ScaledObject" ? "keda.sh/v1alpha1" : "autoscaling/v2";
  const inputs = { apiVersion, kind, metadata: { name, namespace: "platform" }, spec };
  return {
    urn: `urn:${name}`,
    type: `kubernetes:${apiVersion}:${kind}`,
    custom: true,
    inputs,
    outputs: {},
    retainOnDelete: false,
    delete: false,
  };
};

const wanted = onCluster([
  planned("HorizontalPodAutoscaler", "web", { metrics: [{ type: "Resource" }] }),
  planned("HorizontalPodAutoscaler", "rag", { metrics: [{ type: "Resource" }, { type: "Pods" }] }),
  planned("ScaledObject", "worker", { triggers: [{ type: "redis" }] }),
  planned("Deployment", "gateway", {}),
]);

test("[G15] a cluster that measures all that autoscalers follow lacks nothing", async () => {
  const { client } = fakeCluster(
    ["metrics.k8s.io", "custom.metrics.k8s.io", "external.metrics.k8s.io"].map((group) => service(group)),
  );
  expect(await metricsFacts(client, wanted)).toEqual({ unmeasured: [] });
});

test("[G15] what nothing answers for is named with the autoscalers that need it, also where a service is only down", async () => {
  const { client } = fakeCluster([service("metrics.k8s.io"), service("custom.metrics.k8s.io", "False")]);
  expect(await metricsFacts(client, wanted)).toEqual({
    unmeasured: [
      { source: "custom.metrics.k8s.io", autoscalers: ["rag"] },
      { source: "external.metrics.k8s.io", autoscalers: ["worker"] },
    ],
  });
});

test("a stack without autoscalers needs nothing measured", async () => {
  const { client } = fakeCluster([]);
  expect(await metricsFacts(client, onCluster([]))).toEqual({ unmeasured: [] });
});

import { expect, test } from "vitest";
import type { KubernetesObject } from "../../../../../../embedded/plugins/kubernetes/api/object.ts";
import { ruleOf } from "../../../../../../embedded/plugins/kubernetes/await/rules.ts";
import { condition, object, situation } from "../objects.ts";

function judge(
  about: KubernetesObject,
  ...rest: [related?: Parameters<typeof situation>[1], waited?: number]
) {
  return ruleOf(about)?.judge(situation(about, ...rest));
}

const claim = (phase: string) =>
  object("v1", "PersistentVolumeClaim", { spec: { storageClassName: "local-path" }, status: { phase } });
const storageclasses = (volumeBindingMode: string) => [
  object("storage.k8s.io/v1", "StorageClass", { metadata: { name: "local-path" }, volumeBindingMode }),
];
const job = { template: { spec: {} } };

test.each([
  ["a bound claim", claim("Bound"), {}],
  [
    "a claim that waits for its first consumer",
    claim("Pending"),
    { storageclasses: storageclasses("WaitForFirstConsumer") },
  ],
  [
    "a volume that nobody claimed yet",
    object("v1", "PersistentVolume", { status: { phase: "Available" } }),
    {},
  ],
  ["a secret that the program filled", object("v1", "Secret", { type: "Opaque" }), {}],
  [
    "a token that was filled in",
    object("v1", "Secret", { type: "kubernetes.io/service-account-token", data: { token: "eA==" } }),
    {},
  ],
  [
    "a quota in force",
    object("v1", "ResourceQuota", { spec: { hard: { pods: "9" } }, status: { hard: { pods: "9" } } }),
    {},
  ],
  [
    "an established definition",
    object("apiextensions.k8s.io/v1", "CustomResourceDefinition", {
      status: { conditions: [condition("Established", "True")] },
    }),
    {},
  ],
  [
    "a pod whose containers are ready",
    object("v1", "Pod", {
      status: {
        phase: "Running",
        conditions: ["PodScheduled", "Initialized", "Ready"].map((type) => condition(type, "True")),
      },
    }),
    {},
  ],
  ["a pod that ended well", object("v1", "Pod", { status: { phase: "Succeeded" } }), {}],
  [
    "a DaemonSet with a ready pod on each node",
    object("apps/v1", "DaemonSet", {
      metadata: { generation: 1 },
      status: {
        observedGeneration: 1,
        desiredNumberScheduled: 2,
        currentNumberScheduled: 2,
        updatedNumberScheduled: 2,
        numberAvailable: 2,
        numberReady: 2,
      },
    }),
    {},
  ],
])("%s is ready", (_, about, related) => {
  expect(judge(about, related)).toEqual({ is: "ready" });
});

test.each([
  ["a claim that should be bound at once", claim("Pending"), { storageclasses: storageclasses("Immediate") }],
  ["a claim whose storage class is unknown", claim("Pending"), {}],
  [
    "a token that is not filled in",
    object("v1", "Secret", { type: "kubernetes.io/service-account-token" }),
    {},
  ],
  [
    "a quota not yet in force",
    object("v1", "ResourceQuota", { spec: { hard: { pods: "9" } }, status: {} }),
    {},
  ],
  [
    "a definition being installed",
    object("apiextensions.k8s.io/v1", "CustomResourceDefinition", {
      status: { conditions: [condition("Established", "False", "Installing")] },
    }),
    {},
  ],
  [
    "a pod without a node",
    object("v1", "Pod", {
      status: { phase: "Pending", conditions: [condition("PodScheduled", "False", "Unschedulable")] },
    }),
    {},
  ],
  [
    "a DaemonSet of which a pod is old",
    object("apps/v1", "DaemonSet", {
      metadata: { generation: 2 },
      status: {
        observedGeneration: 2,
        desiredNumberScheduled: 2,
        currentNumberScheduled: 2,
        updatedNumberScheduled: 1,
        numberAvailable: 2,
        numberReady: 2,
      },
    }),
    {},
  ],
])("%s is not ready", (_, about, related) => {
  expect(judge(about, related)).toMatchObject({ is: "waiting" });
});

test.each([
  ["a pod that failed", object("v1", "Pod", { status: { phase: "Failed" } })],
  [
    "a definition whose names are taken",
    object("apiextensions.k8s.io/v1", "CustomResourceDefinition", {
      status: { conditions: [condition("NamesAccepted", "False", "PluralConflict", "taken")] },
    }),
  ],
])("%s will never be ready", (_, about) => {
  expect(judge(about)).toMatchObject({ is: "failed" });
});

test.each([
  "v1/ConfigMap",
  "v1/Namespace",
  "autoscaling/v2/HorizontalPodAutoscaler",
  "policy/v1/PodDisruptionBudget",
  "batch/v1/CronJob",
  "apps/v1/ReplicaSet",
])("%s is not waited for, as with the official plugin", (kind) => {
  const at = kind.lastIndexOf("/");
  expect(ruleOf(object(kind.slice(0, at), kind.slice(at + 1)))).toBeUndefined();
});

test("what the program asks not to wait for is not waited for", () => {
  const annotations = { "pulumi.com/skipAwait": "true" };
  expect(ruleOf(object("batch/v1", "Job", { metadata: { annotations }, spec: job }))).toBeUndefined();
});

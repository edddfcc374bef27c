import { type Chart, COPIES, ONE_AWAY, PRIORITY_CLASS, resources, spread } from "./chart.ts";

const share = resources(0.1, 100, 1000);

/**
 * KEDA, which scales by what waits elsewhere; its users, security contexts and read-only roots are those of the restricted
 * standard already: https://github.com/kedacore/charts/blob/v2.20.2/keda/values.yaml
 */
export const keda: Chart = {
  repository: "https://kedacore.github.io/charts",
  version: "2.20.2",
  namespace: "keda",
  calledPorts: [6443, 9443],
  values: {
    operator: { replicaCount: COPIES },
    metricsServer: { replicaCount: COPIES },
    webhooks: { replicaCount: COPIES },
    podDisruptionBudget: { operator: ONE_AWAY, metricServer: ONE_AWAY, webhooks: ONE_AWAY },
    topologySpreadConstraints: {
      operator: spread({ app: "keda-operator" }),
      metricsServer: spread({ app: "keda-operator-metrics-apiserver" }),
      webhooks: spread({ app: "keda-admission-webhooks" }),
    },
    resources: { operator: share, metricServer: share, webhooks: share },
    priorityClassName: PRIORITY_CLASS,
    // A tag of a release does not move, and a registry may be out of reach when a pod starts.
    image: { pullPolicy: "IfNotPresent" },
    // Autoscalers outlive the release: without their definitions they would go with it.
    crds: { install: true, additionalAnnotations: { "helm.sh/resource-policy": "keep" } },
  },
};

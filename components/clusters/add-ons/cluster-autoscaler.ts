import { type Chart, COPIES, ONE_AWAY, PRIORITY_CLASS, resources, spread } from "./chart.ts";

/**
 * Makes nodes for pods that find no room, and takes empty ones away, on clouds that do not do so themselves. Which cloud, which
 * cluster and whose rights is told by whoever installs it:
 * https://github.com/kubernetes/autoscaler/blob/cluster-autoscaler-chart-9.59.0/cluster-autoscaler/charts/cluster-autoscaler/values.yaml
 */
export const clusterAutoscaler: Chart = {
  repository: "https://kubernetes.github.io/autoscaler",
  version: "9.59.0",
  namespace: "cluster-autoscaler",
  values: {
    replicaCount: COPIES,
    podDisruptionBudget: ONE_AWAY,
    topologySpreadConstraints: spread({ "app.kubernetes.io/instance": "cluster-autoscaler" }),
    priorityClassName: PRIORITY_CLASS,
    resources: resources(0.1, 300, 600),
    securityContext: {
      runAsNonRoot: true,
      runAsUser: 65_534,
      runAsGroup: 65_534,
      seccompProfile: { type: "RuntimeDefault" },
    },
    containerSecurityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    },
  },
};

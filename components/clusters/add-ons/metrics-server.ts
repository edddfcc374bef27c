import { type Chart, COPIES, ONE_AWAY, PRIORITY_CLASS, resources, spread } from "./chart.ts";

/**
 * The metrics of pods and nodes that autoscalers follow; its user, security context and read-only root are those of the
 * restricted standard already:
 * https://github.com/kubernetes-sigs/metrics-server/blob/metrics-server-helm-chart-3.13.1/charts/metrics-server/values.yaml
 */
export const metricsServer: Chart = {
  repository: "https://kubernetes-sigs.github.io/metrics-server",
  version: "3.13.1",
  namespace: "metrics-server",
  calledPorts: [10_250],
  values: {
    replicas: COPIES,
    podDisruptionBudget: { enabled: true, ...ONE_AWAY },
    topologySpreadConstraints: spread({ "app.kubernetes.io/name": "metrics-server" }),
    priorityClassName: PRIORITY_CLASS,
    // 1 m and 2 MiB a node, https://github.com/kubernetes-sigs/metrics-server#scaling
    resources: resources(0.1, 200, 400),
    // The API server trusts this certificate and no other; by default it would trust whoever answers.
    tls: { type: "helm", helm: { lookup: true, certDurationDays: 3650 } },
    apiService: { insecureSkipTLSVerify: false },
  },
};

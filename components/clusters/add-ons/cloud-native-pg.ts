import { type Chart, COPIES, PRIORITY_CLASS, resources, spread } from "./chart.ts";

/**
 * CloudNativePG, which runs PostgreSQL in several copies; its user, security context and read-only root are those of the
 * restricted standard already, and its definitions stay when the release goes:
 * https://github.com/cloudnative-pg/charts/blob/cloudnative-pg-v0.29.0/charts/cloudnative-pg/values.yaml
 */
export const cloudNativePg: Chart = {
  repository: "https://cloudnative-pg.github.io/charts",
  version: "0.29.0",
  namespace: "cnpg-system",
  calledPorts: [9443],
  values: {
    replicaCount: COPIES,
    topologySpreadConstraints: spread({ "app.kubernetes.io/name": "cloudnative-pg" }),
    priorityClassName: PRIORITY_CLASS,
    resources: resources(0.1, 100, 400),
    crds: { create: true },
  },
};

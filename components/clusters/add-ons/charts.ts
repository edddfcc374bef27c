import { certManager } from "./cert-manager.ts";
import type { Chart } from "./chart.ts";
import { cloudNativePg } from "./cloud-native-pg.ts";
import { clusterAutoscaler } from "./cluster-autoscaler.ts";
import { keda } from "./keda.ts";
import { metricsServer } from "./metrics-server.ts";
import { traefik } from "./traefik.ts";

/** All charts that a cloud's cluster may get, by the names that their repositories have them under. */
export const CHARTS = {
  traefik,
  "cert-manager": certManager,
  keda,
  "metrics-server": metricsServer,
  "cloudnative-pg": cloudNativePg,
  "cluster-autoscaler": clusterAutoscaler,
} as const satisfies Readonly<Record<string, Chart>>;

export type ChartName = keyof typeof CHARTS;

/** Ports of add-ons that the API server calls: a firewall between control plane and nodes has to let them through. */
export const CALLED_PORTS: readonly number[] = [
  ...new Set(Object.values<Chart>(CHARTS).flatMap(({ calledPorts = [] }) => calledPorts)),
].toSorted((one, other) => one - other);

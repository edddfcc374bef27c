import { type Chart, COPIES, ONE_AWAY, PRIORITY_CLASS, resources, spread } from "./chart.ts";

const namespace = "cert-manager";
const podDisruptionBudget = { enabled: true, ...ONE_AWAY };

/** One of its three programs, by the label that its pods have; one copy works, the other takes over. */
function program(name: string): object {
  return {
    replicaCount: COPIES,
    podDisruptionBudget,
    topologySpreadConstraints: spread({ "app.kubernetes.io/name": name }),
    resources: resources(0.05, 64, 256),
  };
}

/**
 * cert-manager, which obtains certificates and renews them; its users, security contexts and read-only roots are those of the
 * restricted standard already: https://github.com/cert-manager/cert-manager/blob/v1.21.1/deploy/charts/cert-manager/values.yaml
 *
 * The release is there when its webhook answers: a job of the chart asks it, and Helm waits for that.
 */
export const certManager: Chart = {
  repository: "https://charts.jetstack.io",
  version: "v1.21.1",
  namespace,
  // The chart chose the kubelet's port for its webhook, as firewalls of clouds let the control plane through to it.
  calledPorts: [10_250],
  values: {
    ...program("cert-manager"),
    webhook: program("webhook"),
    cainjector: program("cainjector"),
    startupapicheck: { enabled: true, resources: resources(0.01, 32, 128) },
    // Certificates outlive the release: without their definitions they would go with it.
    crds: { enabled: true, keep: true },
    // By default it wants to write in the system's namespace.
    global: { priorityClassName: PRIORITY_CLASS, leaderElection: { namespace } },
  },
};

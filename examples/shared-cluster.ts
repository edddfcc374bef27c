// A cluster of its own stack. Stacks of platforms refer to it: keelson:kubernetes.clusterStack.
import { Eks } from "keelson/clusters/eks";

const shared = new Eks("shared", {
  access: ["203.0.113.0/24"],
  certificates: { email: "platform@example.com" },
});

// Platforms are not known here, so that what they may need is there beforehand: add-ons, and the nodes that Neo4j asks for.
for (const addOn of ["entry", "certManager", "keda", "cloudNativePg", "metrics"] as const)
  shared.cluster.install?.(addOn);
for (const { make } of shared.cluster.nodes) make?.();

/** Nodes as stacks on this cluster state them, in keelson:kubernetes.nodes. */
export const nodes = shared.cluster.nodes.map(({ cpus, memoryGiB, count, labels }) => ({
  cpus,
  memoryGiB,
  count,
  labels,
}));
export const { kubeconfig } = shared;

import type { StorageClass } from "../../cloud/local-cluster.ts";

/**
 * What every cluster is born with: https://cloud.google.com/kubernetes-engine/docs/concepts/persistent-volumes#storageclasses.
 * There "standard-rwo" is the default; here none is, as this machine's control plane has a default of its own.
 */
export const storageClasses: readonly StorageClass[] = [
  { name: "standard-rwo", provisioner: "pd.csi.storage.gke.io", parameters: { type: "pd-balanced" } },
  { name: "premium-rwo", provisioner: "pd.csi.storage.gke.io", parameters: { type: "pd-ssd" } },
];

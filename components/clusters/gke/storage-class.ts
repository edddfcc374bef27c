import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

/** Name of the storage class that volumes have. */
export const STORAGE_CLASS = "pd-balanced";

/**
 * Makes the storage class: SSDs of the middle price, encrypted with the stack's own key
 * (https://cloud.google.com/kubernetes-engine/docs/how-to/using-cmek#create_a_cmek_protected_attached_disk). It is not the
 * cluster's default: GKE sets its own one back.
 */
export function makeStorageClass(
  name: string,
  disksKey: pulumi.Input<string>,
  options: pulumi.CustomResourceOptions,
): k8s.storage.v1.StorageClass {
  return new k8s.storage.v1.StorageClass(
    `${name}-${STORAGE_CLASS}`,
    {
      metadata: { name: STORAGE_CLASS },
      provisioner: "pd.csi.storage.gke.io",
      parameters: { type: "pd-balanced", "disk-encryption-kms-key": disksKey },
      volumeBindingMode: "WaitForFirstConsumer",
      allowVolumeExpansion: true,
      reclaimPolicy: "Delete",
    },
    options,
  );
}

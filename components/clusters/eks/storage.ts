import type * as kms from "@pulumi/aws/kms/index.js";
import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

/** Name of the storage class. */
export const STORAGE_CLASS = "gp3";

/**
 * Makes the class of encrypted volumes that claims get by default. A volume is made in the zone of the node that its first pod
 * comes to, and can be enlarged: https://github.com/kubernetes-sigs/aws-ebs-csi-driver/blob/master/docs/parameters.md
 */
export function makeStorageClass(
  name: string,
  key: kms.Key,
  options: pulumi.CustomResourceOptions,
): k8s.storage.v1.StorageClass {
  return new k8s.storage.v1.StorageClass(
    `${name}-${STORAGE_CLASS}`,
    {
      metadata: {
        name: STORAGE_CLASS,
        annotations: { "storageclass.kubernetes.io/is-default-class": "true" },
      },
      provisioner: "ebs.csi.aws.com",
      parameters: { type: "gp3", encrypted: "true", kmsKeyId: key.arn },
      volumeBindingMode: "WaitForFirstConsumer",
      allowVolumeExpansion: true,
      reclaimPolicy: "Delete",
    },
    options,
  );
}

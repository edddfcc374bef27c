import * as storage from "@pulumi/gcp/storage/index.js";
import * as pulumi from "@pulumi/pulumi";
import type { BackupsArgs } from "../cloud-args.ts";
import type { BackupsBucket } from "../cloud-cluster.ts";
import type { GkeScope } from "./scope.ts";

const RETENTION_DAYS = 30;

/**
 * Makes the bucket for backups. Its user is an account of the cluster itself, by Workload Identity: there is neither a Google
 * service account nor a key (https://cloud.google.com/kubernetes-engine/docs/how-to/workload-identity). What knows such accounts
 * comes with a project's first cluster, so that they are waited for by the nodes of one:
 * https://github.com/terraform-google-modules/terraform-google-kubernetes-engine/issues/916
 *
 * @param nodes - nodes of the cluster
 */
export function makeBackups(
  scope: GkeScope,
  args: BackupsArgs = {},
  key: pulumi.Input<string>,
  nodes: pulumi.Resource,
): BackupsBucket {
  const { name, project, projectNumber, options } = scope;
  const { namespace, name: account } = args.account ?? { namespace: name, name: "backups" };
  const bucket = makeBucket(scope, args.retentionDays ?? RETENTION_DAYS, key);
  const pool = pulumi.interpolate`projects/${projectNumber}/locations/global/workloadIdentityPools/${project}.svc.id.goog`;
  new storage.BucketIAMMember(
    `${name}-backups`,
    {
      bucket: bucket.name,
      role: "roles/storage.objectUser",
      member: pulumi.interpolate`principal://iam.googleapis.com/${pool}/subject/ns/${namespace}/sa/${account}`,
    },
    options({ dependsOn: [nodes] }),
  );
  return { url: pulumi.interpolate`gs://${bucket.name}`, annotations: {}, podLabels: {} };
}

/** The project's id makes the name unique: the names of all buckets of all customers are in one space. */
function makeBucket(
  scope: GkeScope,
  retentionDays: number,
  defaultKmsKeyName: pulumi.Input<string>,
): storage.Bucket {
  const { name, project, region, protect, options } = scope;
  return new storage.Bucket(
    `${name}-backups`,
    {
      name: `${project}-${name}-backups`,
      location: region,
      uniformBucketLevelAccess: true,
      publicAccessPrevention: "enforced",
      encryption: { defaultKmsKeyName },
      versioning: { enabled: true },
      // Versions keep what was deleted already; more copies would outlive the days that were asked for.
      softDeletePolicy: { retentionDurationSeconds: 0 },
      lifecycleRules: [
        {
          action: { type: "Delete" },
          condition: { daysSinceNoncurrentTime: retentionDays, withState: "ARCHIVED" },
        },
        { action: { type: "AbortIncompleteMultipartUpload" }, condition: { age: 7 } },
      ],
      forceDestroy: !protect,
    },
    options({ protect }),
  );
}

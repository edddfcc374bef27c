import * as eks from "@pulumi/aws/eks/index.js";
import type * as kms from "@pulumi/aws/kms/index.js";
import * as s3 from "@pulumi/aws/s3/index.js";
import * as pulumi from "@pulumi/pulumi";
import type { BackupsBucket } from "../cloud-cluster.ts";
import { makeKey } from "./keys.ts";
import { policyOf, type Statement } from "./policies.ts";
import { type Account, makePodRole } from "./roles.ts";
import { type EksScope, protectedOptions } from "./scope.ts";

/** What the bucket is told. */
export interface BucketArgs {
  readonly clusterName: pulumi.Input<string>;
  readonly retentionDays: number;
  /** Who of the cluster may read and write it. */
  readonly account: Account;
}

/** Makes the bucket for backups, and lets one service account of the cluster read and write it. */
export function makeBackups(args: BucketArgs, scope: EksScope): BackupsBucket {
  const key = makeKey("backups", scope);
  const bucket = makeBucket(key, args.retentionDays, scope);
  const rights = { own: rightsOn(bucket, key) };
  const role = makePodRole("backups", args.account, rights, scope);
  const association = new eks.PodIdentityAssociation(
    `${scope.name}-backups`,
    {
      clusterName: args.clusterName,
      namespace: args.account.namespace,
      serviceAccount: args.account.name,
      roleArn: role.arn,
    },
    scope.options({ dependsOn: [...role.ready] }),
  );
  // Pods get their credentials when they start, so whoever is told of the bucket waits for the right.
  const name = pulumi.all([bucket.bucket, association.id]).apply(([own]) => own);
  return { url: pulumi.interpolate`s3://${name}`, annotations: {}, podLabels: {} };
}

/** Names of buckets are the whole world's, and the account's number and the region make them one's own. */
function makeBucket(key: kms.Key, days: number, scope: EksScope): s3.Bucket {
  const name = `${scope.name}-backups`;
  const full = pulumi.interpolate`${name}-${scope.account}-${scope.region}`;
  const made = new s3.Bucket(name, { bucket: full, forceDestroy: false }, protectedOptions(scope));
  const options = scope.options({ parent: made });
  const bucket = made.bucket;
  const versioningConfiguration = { status: "Enabled" };
  const versioning = new s3.BucketVersioning(name, { bucket, versioningConfiguration }, options);
  new s3.BucketServerSideEncryptionConfiguration(name, { bucket, rules: [encryption(key)] }, options);
  // Replaced and deleted versions stay for some days, against mistakes and against whoever took over a pod.
  const expiry = {
    id: "replaced",
    status: "Enabled",
    filter: {},
    noncurrentVersionExpiration: { noncurrentDays: days },
    abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
    expiration: { expiredObjectDeleteMarker: true },
  };
  const lifecycle = scope.options({ parent: made, dependsOn: [versioning] });
  new s3.BucketLifecycleConfiguration(name, { bucket, rules: [expiry] }, lifecycle);
  new s3.BucketOwnershipControls(name, { bucket, rule: { objectOwnership: "BucketOwnerEnforced" } }, options);
  const blocked = {
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
  };
  const block = new s3.BucketPublicAccessBlock(name, { bucket, ...blocked }, options);
  // S3 takes one such change at a time.
  const afterBlock = scope.options({ parent: made, dependsOn: [block] });
  new s3.BucketPolicy(name, { bucket, policy: policyOf([onlyEncrypted(made)]) }, afterBlock);
  return made;
}

/** One key for the whole bucket costs less than one for each object: https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-key.html */
function encryption(key: kms.Key) {
  const byDefault = { sseAlgorithm: "aws:kms", kmsMasterKeyId: key.arn };
  return { applyServerSideEncryptionByDefault: byDefault, bucketKeyEnabled: true };
}

/** Refuses whoever comes without TLS: https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html */
function onlyEncrypted({ arn }: s3.Bucket): Statement {
  return {
    Sid: "OnlyByTls",
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: [arn, pulumi.interpolate`${arn}/*`],
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
}

/** Reading, writing and deleting, which leaves the version that was there; not the deletion of versions. */
function rightsOn(bucket: s3.Bucket, key: kms.Key): readonly Statement[] {
  const objects = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload"];
  return [
    { Effect: "Allow", Action: ["s3:ListBucket", "s3:GetBucketLocation"], Resource: bucket.arn },
    { Effect: "Allow", Action: objects, Resource: pulumi.interpolate`${bucket.arn}/*` },
    { Effect: "Allow", Action: ["kms:Decrypt", "kms:GenerateDataKey"], Resource: key.arn },
  ];
}

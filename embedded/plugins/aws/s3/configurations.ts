/**
 * What is said of a bucket, each by a resource of its own. Source of the facts:
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/s3_bucket_versioning, …/s3_bucket_policy and so on
 */
import type { Reference } from "../../cloud/references.ts";
import type { Properties } from "../../provider/property.ts";
import { oneOf } from "../../provider/validate.ts";
import { onAws, regional } from "../define.ts";
import { problemOfPolicy } from "../iam/documents.ts";

const ofBucket = {
  ...regional,
  bucket: { type: "string", required: true, replaces: true },
} as const satisfies Properties;

const references: readonly Reference[] = [{ at: "bucket", to: "buckets" }];
const idOf = ({ bucket }: { readonly bucket: string }): string => bucket;
const status = oneOf("Enabled", "Suspended", "Disabled");

export const bucketVersioning = onAws({
  type: "bucket-versionings",
  properties: {
    ...ofBucket,
    versioningConfiguration: {
      type: {
        object: {
          mfaDelete: { type: "string", computed: true, validate: oneOf("Enabled", "Disabled") },
          status: { type: "string", required: true, validate: status },
        },
      },
      required: true,
    },
  },
  references,
  idOf,
  outputsOf: ({ versioningConfiguration }) => ({
    versioningConfiguration: { mfaDelete: "", ...versioningConfiguration },
  }),
});

export const bucketEncryption = onAws({
  type: "bucket-encryptions",
  properties: {
    ...ofBucket,
    rules: {
      type: {
        set: {
          object: {
            applyServerSideEncryptionByDefault: {
              type: {
                object: {
                  kmsMasterKeyId: { type: "string" },
                  sseAlgorithm: {
                    type: "string",
                    required: true,
                    validate: oneOf("AES256", "aws:kms", "aws:kms:dsse"),
                  },
                },
              },
            },
            bucketKeyEnabled: { type: "boolean" },
          },
        },
      },
      required: true,
    },
  },
  references: [
    ...references,
    { at: "rules.applyServerSideEncryptionByDefault.kmsMasterKeyId", to: "keys", by: "arn", holds: false },
  ],
  idOf,
});

export const bucketLifecycle = onAws({
  type: "bucket-lifecycles",
  bridge: "framework",
  timeouts: { create: 180, update: 180, delete: 0 },
  properties: {
    ...ofBucket,
    rules: {
      type: {
        list: {
          object: {
            abortIncompleteMultipartUpload: {
              type: { object: { daysAfterInitiation: { type: "integer" } } },
            },
            expiration: {
              type: {
                object: {
                  days: { type: "integer", computed: true },
                  expiredObjectDeleteMarker: { type: "boolean", computed: true },
                },
              },
            },
            filter: { type: { object: { prefix: { type: "string" } } } },
            id: { type: "string", required: true },
            noncurrentVersionExpiration: {
              type: {
                object: {
                  newerNoncurrentVersions: { type: "integer" },
                  noncurrentDays: { type: "integer", required: true },
                },
              },
            },
            status: { type: "string", required: true, validate: oneOf("Enabled", "Disabled") },
          },
        },
      },
    },
    transitionDefaultMinimumObjectSize: {
      type: "string",
      computed: true,
      validate: oneOf("all_storage_classes_128K", "varies_by_storage_class"),
    },
    id: { type: "string", output: true },
  },
  references,
  idOf,
  outputsOf: ({ transitionDefaultMinimumObjectSize = "all_storage_classes_128K" }) => ({
    transitionDefaultMinimumObjectSize,
  }),
});

export const bucketOwnershipControls = onAws({
  type: "bucket-ownership-controls",
  properties: {
    ...ofBucket,
    rule: {
      type: {
        object: {
          objectOwnership: {
            type: "string",
            required: true,
            validate: oneOf("BucketOwnerEnforced", "BucketOwnerPreferred", "ObjectWriter"),
          },
        },
      },
      required: true,
    },
  },
  references,
  idOf,
});

export const bucketPublicAccessBlock = onAws({
  type: "bucket-public-access-blocks",
  properties: {
    ...ofBucket,
    blockPublicAcls: { type: "boolean", default: false },
    blockPublicPolicy: { type: "boolean", default: false },
    ignorePublicAcls: { type: "boolean", default: false },
    restrictPublicBuckets: { type: "boolean", default: false },
    skipDestroy: { type: "boolean" },
  },
  references,
  idOf,
});

export const bucketPolicy = onAws({
  type: "bucket-policies",
  properties: { ...ofBucket, policy: { type: "string", required: true, validate: problemOfPolicy } },
  references,
  idOf,
});

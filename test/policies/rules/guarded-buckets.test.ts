import { describe, expect, it } from "vitest";
import { guardedBuckets } from "../../../policies/rules/guarded-buckets.ts";
import { auditStack, notKnownYet, type Registered } from "../../support/audit.ts";
import { dockerVolume } from "../examples.ts";

type Props = Readonly<Record<string, unknown>>;

const named = (type: string, props: Props): Registered => ({ type, name: "backups", props });

const blocked = {
  blockPublicAcls: true,
  blockPublicPolicy: true,
  ignorePublicAcls: true,
  restrictPublicBuckets: true,
};
const s3 = (bucket = "ai-backups") => named("aws:s3/bucket:Bucket", { bucket });
const block = (change: Props = {}, bucket = "ai-backups") =>
  named("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", { bucket, ...blocked, ...change });
const versioning = (status = "Enabled", bucket = "ai-backups") =>
  named("aws:s3/bucketVersioning:BucketVersioning", { bucket, versioningConfiguration: { status } });
const gcs = (change: Props = {}) =>
  named("gcp:storage/bucket:Bucket", {
    name: "ai-backups",
    publicAccessPrevention: "enforced",
    versioning: { enabled: true },
    ...change,
  });
const azure = (change: Props = {}) =>
  named("azure-native:storage:StorageAccount", {
    accountName: "aibackups",
    allowBlobPublicAccess: false,
    ...change,
  });
const blobs = (isVersioningEnabled: unknown = true) =>
  named("azure-native:storage:BlobServiceProperties", { accountName: "aibackups", isVersioningEnabled });

describe("[G11] [G18] guarded-buckets", () => {
  it.each([
    ["a bucket of S3 with both guards", [s3(), block(), versioning()]],
    ["a bucket whose name is not known yet", [s3(notKnownYet)]],
    [
      "guards of a bucket that is not known yet",
      [s3(), block({}, notKnownYet), versioning("Enabled", notKnownYet)],
    ],
    ["a switch that is not known yet", [s3(), block({ blockPublicAcls: notKnownYet }), versioning()]],
    ["a bucket of Google", [gcs()]],
    ["an account of Azure with versions", [azure(), blobs()]],
    [
      "an account of Azure of which nothing is said but that",
      [azure({ allowBlobPublicAccess: undefined }), blobs()],
    ],
    ["what is no bucket", [dockerVolume()]],
  ] as const)("accepts %s", async (_, resources) => {
    expect(await auditStack(guardedBuckets, resources)).toEqual([]);
  });

  const open = /^the bucket "backups" can be opened to everybody; make /;
  const forgetful = /^the bucket "backups" forgets what is replaced or deleted; set versioning/;
  it.each([
    ["a bucket of S3 by itself", [s3()], [open, forgetful]],
    ["half a block", [s3(), block({ ignorePublicAcls: false }), versioning()], [open]],
    [
      "guards of another bucket",
      [s3(), block({}, "other"), versioning("Enabled", "other")],
      [open, forgetful],
    ],
    ["versions that were switched off", [s3(), block(), versioning("Suspended")], [forgetful]],
    ["a bucket of Google that may be opened", [gcs({ publicAccessPrevention: "inherited" })], [open]],
    ["a bucket of Google without versions", [gcs({ versioning: undefined })], [forgetful]],
    ["an open account of Azure", [azure({ allowBlobPublicAccess: true }), blobs()], [open]],
    ["an account of Azure without versions", [azure(), blobs(false)], [forgetful]],
  ] as const)("refuses %s", async (_, resources, reports) => {
    expect(await auditStack(guardedBuckets, resources)).toEqual(
      reports.map((report) => expect.stringMatching(report)),
    );
  });
});

import type { StackValidationPolicy } from "@pulumi/policy";
import { bucketFact, type Guard } from "../views/bucket.ts";
import { UNKNOWN } from "../views/read.ts";

/** What is wrong without a guard, and what to do. */
const WITHOUT: Readonly<Record<Guard, string>> = {
  closed:
    "can be opened to everybody; make a BucketPublicAccessBlock that blocks all (GCS: set publicAccessPrevention to enforced; Azure: allowBlobPublicAccess to false)",
  versioned: "forgets what is replaced or deleted; set versioning",
};

/** Refuses buckets that could be made public, or that keep nothing of what is replaced or deleted. */
export const guardedBuckets: StackValidationPolicy = {
  name: "guarded-buckets",
  description: "Every bucket is closed to the public for good, and keeps what is replaced or deleted.",
  enforcementLevel: "mandatory",
  severity: "critical",
  remediationSteps:
    "S3: a `BucketPublicAccessBlock` and a `BucketVersioning`; GCS: `publicAccessPrevention` and `versioning`; Azure: `allowBlobPublicAccess: false` and `isVersioningEnabled`.",
  tags: [
    "CKV_AWS_21",
    "CKV_AWS_53",
    "CKV_AWS_54",
    "CKV_AWS_55",
    "CKV_AWS_56",
    "CKV_AZURE_190",
    "CKV_GCP_78",
    "CKV_GCP_114",
  ],
  validateStack: ({ resources }, report) => {
    const facts = resources.flatMap((resource) => {
      const fact = bucketFact(resource);
      return fact ? [{ ...fact, name: resource.name }] : [];
    });
    for (const { bucket, name } of facts.filter(({ isBucket }) => isBucket)) {
      if (bucket === UNKNOWN) continue;
      for (const guard of Object.keys(WITHOUT) as Guard[]) {
        // Which bucket a resource guards may not be known yet.
        const about = facts.filter((fact) => fact.bucket === bucket || fact.bucket === UNKNOWN);
        if (about.some(({ guards }) => guards[guard] === true || guards[guard] === UNKNOWN)) continue;
        report(`the bucket "${name}" ${WITHOUT[guard]}`);
      }
    }
  },
};

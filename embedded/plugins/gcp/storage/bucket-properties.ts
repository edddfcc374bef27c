/** What buckets take and answer. Source of the facts: see ../columns.ts. */
import { text } from "../../cloud/values.ts";
import type { Properties } from "../../provider/property.ts";
import { atLeast, oneOf } from "../../provider/validate.ts";
import type { Value } from "../../provider/value.ts";
import { deletionPolicy, labels, output, project } from "../columns.ts";
import { aRegion } from "../locations.ts";
import { bucketName } from "../rules.ts";

/** https://cloud.google.com/storage/docs/storage-classes */
const storageClass = oneOf("STANDARD", "NEARLINE", "COLDLINE", "ARCHIVE", "MULTI_REGIONAL", "REGIONAL");

/** Besides regions: https://cloud.google.com/storage/docs/locations */
const multiRegions: ReadonlySet<string> = new Set([
  ...["ASIA", "EU", "US"],
  ...["ASIA1", "EUR4", "EUR5", "EUR7", "EUR8", "NAM4"],
]);

const days = { type: "integer", validate: atLeast(0) } as const;
const prefixes = { type: { list: "string" } } as const;

const lifecycleRules = {
  type: {
    list: {
      object: {
        action: {
          type: {
            object: {
              storageClass: { type: "string", validate: storageClass },
              type: {
                type: "string",
                required: true,
                validate: oneOf("Delete", "SetStorageClass", "AbortIncompleteMultipartUpload"),
              },
            },
          },
          required: true,
        },
        condition: {
          type: {
            object: {
              age: days,
              createdBefore: { type: "string" },
              daysSinceNoncurrentTime: days,
              matchesPrefixes: prefixes,
              matchesStorageClasses: prefixes,
              matchesSuffixes: prefixes,
              numNewerVersions: days,
              sendAgeIfZero: { type: "boolean" },
              sendDaysSinceNoncurrentTimeIfZero: { type: "boolean" },
              sendNumNewerVersionsIfZero: { type: "boolean" },
              withState: { type: "string", computed: true, validate: oneOf("LIVE", "ARCHIVED", "ANY", "") },
            },
          },
          required: true,
        },
      },
    },
  },
} as const;

export const bucketProperties = {
  ...labels,
  defaultEventBasedHold: { type: "boolean" },
  deletionPolicy,
  encryption: { type: { object: { defaultKmsKeyName: { type: "string" } } } },
  forceDestroy: { type: "boolean", default: false },
  lifecycleRules,
  location: {
    type: "string",
    required: true,
    replaces: true,
    suppress: (one, other) => upper(one) === upper(other),
    validate: aBucketLocation,
  },
  logging: {
    type: {
      object: {
        logBucket: { type: "string", required: true },
        logObjectPrefix: { type: "string", computed: true },
      },
    },
  },
  name: { type: "string", autoName: true, replaces: true, validate: bucketName },
  project,
  projectNumber: { type: "integer", output: true },
  publicAccessPrevention: { type: "string", computed: true, validate: oneOf("inherited", "enforced") },
  retentionPolicy: {
    type: {
      object: {
        isLocked: { type: "boolean", default: false },
        retentionPeriod: { type: "string", required: true },
      },
    },
  },
  selfLink: output,
  softDeletePolicy: {
    type: {
      object: { retentionDurationSeconds: { type: "integer", default: 604_800, validate: softDelete } },
    },
    computed: true,
  },
  storageClass: { type: "string", default: "STANDARD", validate: storageClass },
  uniformBucketLevelAccess: { type: "boolean", computed: true },
  url: output,
  versioning: { type: { object: { enabled: { type: "boolean", required: true } } }, computed: true },
} as const satisfies Properties;

function upper(value: Value | undefined): string {
  return text(value).toUpperCase();
}

function aBucketLocation(value: Value): string | undefined {
  if (typeof value !== "string" || multiRegions.has(value.toUpperCase())) return undefined;
  const problem = aRegion(value.toLowerCase());
  return problem && `${problem}, or the several regions of ${[...multiRegions].join(", ")}`;
}

/** None, or 7 to 90 days: https://cloud.google.com/storage/docs/soft-delete */
function softDelete(value: Value): string | undefined {
  return typeof value === "number" && value !== 0 && (value < 604_800 || value > 7_776_000)
    ? `'${value}' is no time for which deleted objects are kept: give 0, or 604800 to 7776000 seconds (7 to 90 days)`
    : undefined;
}

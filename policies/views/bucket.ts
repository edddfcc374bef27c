import { at, flag, not, some, text, type Told, UNKNOWN } from "./read.ts";
import type { Resource } from "./view.ts";

/** What is asked of a bucket beside its being there. All three clouds encrypt what is in one, whatever is said. */
export type Guard = "closed" | "versioned";

/** What a resource says of a bucket: that there is one, and what guards it. */
export interface BucketFact {
  /** What joins the facts about one bucket: the cloud, and the bucket's own name. */
  readonly bucket: Told<string>;
  /** Whether the resource is the bucket itself. */
  readonly isBucket: boolean;
  readonly guards: Readonly<Partial<Record<Guard, Told<boolean>>>>;
}

/**
 * What each type says; guards of S3 are resources of their own, and Azure's versions are. Azure closes what nothing is said of:
 * https://learn.microsoft.com/azure/storage/blobs/anonymous-read-access-prevent
 */
const view: Readonly<Record<string, (props: unknown) => BucketFact>> = {
  "aws:s3/bucket:Bucket": (props) => fact("s3", at(props, "bucket"), {}, true),
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": (props) =>
    fact("s3", at(props, "bucket"), { closed: blocksAll(props) }),
  "aws:s3/bucketVersioning:BucketVersioning": (props) =>
    fact("s3", at(props, "bucket"), {
      versioned: is(at(props, "versioningConfiguration", "status"), "Enabled"),
    }),
  "gcp:storage/bucket:Bucket": (props) =>
    fact(
      "gcs",
      at(props, "name"),
      {
        closed: is(at(props, "publicAccessPrevention"), "enforced"),
        versioned: flag(at(props, "versioning", "enabled"), false),
      },
      true,
    ),
  "azure-native:storage:StorageAccount": (props) =>
    fact(
      "azure",
      at(props, "accountName"),
      { closed: not(flag(at(props, "allowBlobPublicAccess"), false)) },
      true,
    ),
  "azure-native:storage:BlobServiceProperties": (props) =>
    fact("azure", at(props, "accountName"), { versioned: flag(at(props, "isVersioningEnabled"), false) }),
};

/** What a resource says of a bucket, if it is about one. */
export function bucketFact({ type, props }: Pick<Resource, "type" | "props">): BucketFact | undefined {
  return Object.hasOwn(view, type) ? view[type]!(props) : undefined;
}

function fact(store: string, name: unknown, guards: BucketFact["guards"], isBucket = false): BucketFact {
  const told = text(name);
  const bucket = told === UNKNOWN || told === undefined ? UNKNOWN : `${store} ${told}`;
  return { bucket, isBucket, guards };
}

function blocksAll(props: unknown): Told<boolean> {
  const switches = ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"];
  return not(
    some(
      switches.map((name) => flag(at(props, name), false)),
      (blocks) => !blocks,
    ),
  );
}

function is(value: unknown, wanted: string): Told<boolean> {
  const told = text(value);
  return told === UNKNOWN ? UNKNOWN : told === wanted;
}

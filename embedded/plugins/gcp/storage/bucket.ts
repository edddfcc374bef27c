import { projectNumber } from "../projects/facts.ts";
import { google } from "../google.ts";
import { problemOfKey } from "../kms/use.ts";
import { Place } from "../place.ts";
import { bucketProperties } from "./bucket-properties.ts";

/** Nothing can be put into it, so that it is always empty and may always be deleted. */
export const bucket = google({
  type: "buckets",
  schemaVersion: 4,
  api: "storage.googleapis.com",
  properties: bucketProperties,
  pathOf: ({ name }) => name,
  judge({ lifecycleRules = [], encryption, location, ...inputs }, { configuration }) {
    const aimless = lifecycleRules.find(
      ({ action }) => action.type === "SetStorageClass" && !action.storageClass,
    );
    if (aimless) return "googleapi: Error 400: the action SetStorageClass takes a storageClass, invalid";
    if (inputs.retentionPolicy && inputs.versioning?.enabled)
      return "googleapi: Error 400: a bucket has a retention policy or versions of its objects, and not both, invalid";
    const { defaultKmsKeyName: key } = encryption ?? {};
    if (!key) return undefined;
    const { project } = new Place(inputs, configuration);
    return problemOfKey({ key, region: location, agent: "storage", project }, configuration.store);
  },
  outputsOf(inputs, { configuration }) {
    const { project } = new Place(inputs, configuration);
    const { name, location } = inputs;
    return {
      location: location.toUpperCase(),
      projectNumber: Number(projectNumber(project)),
      publicAccessPrevention: inputs.publicAccessPrevention ?? "inherited",
      selfLink: `https://www.googleapis.com/storage/v1/b/${name}`,
      softDeletePolicy: inputs.softDeletePolicy ?? { retentionDurationSeconds: 604_800 },
      uniformBucketLevelAccess: inputs.uniformBucketLevelAccess ?? false,
      url: `gs://${name}`,
      versioning: inputs.versioning ?? { enabled: false },
    };
  },
});

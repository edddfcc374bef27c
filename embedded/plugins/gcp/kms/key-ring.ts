import type { Properties } from "../../provider/property.ts";
import type { Value } from "../../provider/value.ts";
import { project } from "../columns.ts";
import { google } from "../google.ts";
import { aRegion } from "../locations.ts";
import { keyName } from "../rules.ts";

/** Besides regions: https://cloud.google.com/kms/docs/locations */
const multiRegions: ReadonlySet<Value> = new Set([
  "global",
  "us",
  "europe",
  "asia",
  "eur4",
  "eur5",
  "nam3",
  "nam4",
]);

const properties = {
  project,
  location: {
    type: "string",
    required: true,
    replaces: true,
    validate: (value) => (multiRegions.has(value) ? undefined : aRegion(value)),
  },
  name: { type: "string", autoName: true, replaces: true, validate: keyName },
} as const satisfies Properties;

/** It outlives its stack, as the cloud deletes no key ring: https://cloud.google.com/kms/docs/faq#cannot_delete */
export const keyRing = google({
  type: "keyRings",
  api: "cloudkms.googleapis.com",
  properties,
  remains: () => true,
  pathOf: ({ name }, { project: owner, location }) =>
    `projects/${owner}/locations/${location}/keyRings/${name}`,
});

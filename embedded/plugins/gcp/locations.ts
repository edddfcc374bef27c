/**
 * Regions of Google Cloud and their zones, by the last letters of the zones.
 * Source: https://cloud.google.com/compute/docs/regions-zones#available
 */
import type { Value } from "../provider/value.ts";
import { nameIn } from "./links.ts";

const three = "abc";

const regions: Readonly<Record<string, string>> = {
  "africa-south1": three,
  "asia-east1": three,
  "asia-east2": three,
  "asia-northeast1": three,
  "asia-northeast2": three,
  "asia-northeast3": three,
  "asia-south1": three,
  "asia-south2": three,
  "asia-southeast1": three,
  "asia-southeast2": three,
  "australia-southeast1": three,
  "australia-southeast2": three,
  "europe-central2": three,
  "europe-north1": three,
  "europe-north2": three,
  "europe-southwest1": three,
  "europe-west1": "bcd",
  "europe-west10": three,
  "europe-west12": three,
  "europe-west2": three,
  "europe-west3": three,
  "europe-west4": three,
  "europe-west6": three,
  "europe-west8": three,
  "europe-west9": three,
  "me-central1": three,
  "me-central2": three,
  "me-west1": three,
  "northamerica-northeast1": three,
  "northamerica-northeast2": three,
  "northamerica-south1": three,
  "southamerica-east1": three,
  "southamerica-west1": three,
  "us-central1": "abcf",
  "us-east1": "bcd",
  "us-east4": three,
  "us-east5": three,
  "us-south1": three,
  "us-west1": three,
  "us-west2": three,
  "us-west3": three,
  "us-west4": three,
};

/** Zones of a region; none of what is no region. */
export function zonesOf(region: string): readonly string[] {
  return (regions[region] ?? "").split("").map((letter) => `${region}-${letter}`);
}

/** The region of a zone, or the region itself. */
export function regionOf(location: string): string {
  return location.replace(/-[a-z]$/, "");
}

/** Refuses what is no region; it may be given as a link. */
export function aRegion(value: Value): string | undefined {
  if (typeof value !== "string" || Object.hasOwn(regions, nameIn(value))) return undefined;
  return `'${value}' is no region of Google Cloud: use one of ${Object.keys(regions).join(", ")}`;
}

/** Refuses what is neither a region nor a zone. */
export function aLocation(value: Value): string | undefined {
  if (typeof value !== "string" || zonesOf(regionOf(value)).includes(value)) return undefined;
  return aRegion(value);
}

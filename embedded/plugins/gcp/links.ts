/**
 * How Google Cloud names things: a resource is known by its path, `projects/p/global/networks/n`; the Compute Engine writes
 * links, which are such paths behind its own address, and takes links, paths and bare names alike.
 * https://cloud.google.com/apis/design/resource_names
 */
import type { Value } from "../provider/value.ts";

const computeApi = "https://www.googleapis.com/compute/v1/";

export function computeLink(path: string): string {
  return computeApi + path;
}

/** The path that a link, a path or the bare name of one of the parent's children means. */
export function pathOf(reference: string, parent: string): string {
  const path = reference.replace(/^(https?:)?\/\/[^/]+\/(?:[a-z]+\/v\d[a-z0-9]*\/|v\d[a-z0-9]*\/)?/, "");
  return path.includes("/") ? path : `${parent}/${path}`;
}

/** The last part of a link or path. */
export function nameIn(reference: string): string {
  return reference.slice(reference.lastIndexOf("/") + 1);
}

/** A link, a path and a bare name of the same resource mean the same. */
export function sameName(stored: Value | undefined, wanted: Value | undefined): boolean {
  return typeof stored === "string" && typeof wanted === "string" && nameIn(stored) === nameIn(wanted);
}

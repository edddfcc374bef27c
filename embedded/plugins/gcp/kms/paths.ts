/** Short forms that the official plugin takes for the paths of key rings and keys: https://cloud.google.com/kms/docs/getting-resource-ids */

const ring = /^(?:projects\/)?([^/]+)\/(?:locations\/)?([^/]+)\/(?:keyRings\/)?([^/]+)$/;
const key =
  /^(?:projects\/)?([^/]+)\/(?:locations\/)?([^/]+)\/(?:keyRings\/)?([^/]+)\/(?:cryptoKeys\/)?([^/]+)$/;

/** `project/location/ring` as a path; what it is anyway, if it is one. */
export function ringPath(id: string): string {
  return id.replace(ring, "projects/$1/locations/$2/keyRings/$3");
}

/** `project/location/ring/key` as a path; what it is anyway, if it is one. */
export function keyPath(id: string): string {
  return id.replace(key, "projects/$1/locations/$2/keyRings/$3/cryptoKeys/$4");
}

/** The location in a path. */
export function locationIn(path: string): string {
  return /\/locations\/([^/]+)/.exec(path)?.[1] ?? "";
}

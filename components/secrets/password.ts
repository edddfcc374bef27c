import { hkdfSync } from "node:crypto";
import type { Resource } from "@pulumi/pulumi";
import { RandomPassword } from "@pulumi/random";
import { Reference } from "../model/reference.ts";

/**
 * Generates a password of 32 letters and digits (190 bits), which needs no quoting in a URL, a shell, SQL or YAML.
 * It is protected, because data on a volume can only be opened with the password it was made with.
 */
export function password(name: string, parent: Resource): Reference {
  const { result } = new RandomPassword(name, { length: 32, special: false }, { parent, protect: true });
  return Reference.hidden(result);
}

/**
 * Generates a key of `bytes` random bytes, written in hexadecimal; protected as passwords are. It is derived from a
 * password, because `RandomBytes` shows its value in the state: it is the resource's id.
 */
export function hexKey(name: string, bytes: number, parent: Resource): Reference {
  // As many letters and digits as hold the entropy of the key: 5.95 bits each.
  const length = Math.ceil((bytes * 8) / Math.log2(62));
  const { result } = new RandomPassword(name, { length, special: false }, { parent, protect: true });
  return Reference.hidden(
    result.apply((seed) => Buffer.from(hkdfSync("sha256", seed, "", name, bytes)).toString("hex")),
  );
}

import type { Resource } from "@pulumi/pulumi";
import { RandomBytes, RandomPassword } from "@pulumi/random";
import { Reference } from "../model/reference.ts";

/**
 * Generates a password of 32 letters and digits (190 bits), which needs no quoting in a URL, a shell, SQL or YAML.
 * It is protected, because data on a volume can only be opened with the password it was made with.
 */
export function password(name: string, parent: Resource): Reference {
  const { result } = new RandomPassword(name, { length: 32, special: false }, { parent, protect: true });
  return Reference.hidden(result);
}

/** Generates a key of `bytes` random bytes, written in hexadecimal; protected as passwords are. */
export function hexKey(name: string, bytes: number, parent: Resource): Reference {
  return Reference.hidden(new RandomBytes(name, { length: bytes }, { parent, protect: true }).hex);
}

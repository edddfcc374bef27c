import type { Input, Resource } from "@pulumi/pulumi";
import { ref, Reference } from "../model/reference.ts";
import { password } from "../secrets/password.ts";
import { judged, type SecretRule } from "./semantik-secrets.ts";

/** Keys that are valid at the same time, the newest first. */
export type Keys = readonly [Reference, ...Reference[]];

/** What a key has to be that is given and not generated. */
export const keyRule: SecretRule = {
  takes: "32 characters or more: letters, digits, dots, underscores and dashes",
  accepts: (key) => /^[\w.-]{32,}$/.test(key),
};

/** Keys that agents prove themselves by: those that are given, or one that is generated. */
export function mcpKeys(
  given: readonly [Input<string>, ...Input<string>[]] | undefined,
  parent: Resource,
): Keys {
  if (!given) return [password("mcp-api-key", parent)];
  const [newest, ...older] = given.map((key, position) =>
    Reference.hidden(judged(keyPath(position), keyRule, key)),
  );
  return [newest!, ...older];
}

/** Where a given key is, for people. */
export const keyPath = (position: number) => `mcpApiKeys[${position}]`;

/** Keys as a program is told them: with commas between them. */
export function listed([newest, ...older]: Keys): Reference {
  return older.reduce((list, key) => ref`${list},${key}`, newest);
}

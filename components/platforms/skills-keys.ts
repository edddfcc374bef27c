import type { Resource } from "@pulumi/pulumi";
import { ref, Reference } from "../model/reference.ts";
import { password } from "../secrets/password.ts";
import { judged, type SecretRule } from "./semantik-secrets.ts";
import type { McpApiKeys } from "./skills-args.ts";

/** Keys that are valid at the same time. */
export interface Keys {
  /** The one that agents are given. */
  readonly current: Reference;
  /** All of them, as a program is told them: with commas between them. */
  readonly all: Reference;
}

/** What a key has to be that is given and not generated. */
export const keyRule: SecretRule = {
  takes: "32 characters or more: letters, digits, dots, underscores and dashes",
  accepts: (key) => /^[\w.-]{32,}$/.test(key),
};

/** Keys that agents prove themselves by: those that are given, or one that is generated. */
export function mcpKeys(given: McpApiKeys | undefined, parent: Resource): Keys {
  const current = given ? givenKey("current", given.current) : password("mcp-api-key", parent);
  if (given?.previous === undefined) return { current, all: current };
  return { current, all: ref`${current},${givenKey("previous", given.previous)}` };
}

function givenKey(name: keyof McpApiKeys, given: McpApiKeys["current"]): Reference {
  return Reference.hidden(judged(`mcpApiKeys.${name}`, keyRule, given));
}

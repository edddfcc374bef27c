import type { Resource } from "@pulumi/pulumi";
import { RandomPassword } from "@pulumi/random";
import { Reference } from "../model/reference.ts";

/** What a password must have that people log in with, and what it is called when it is missing. */
const POLICY: readonly (readonly [missing: string, present: RegExp])[] = [
  ["fewer than 8 characters", /^.{8,}$/su],
  ["no capital letter from A to Z", /[A-Z]/],
  ["no small letter from a to z", /[a-z]/],
  ["no digit from 0 to 9", /[0-9]/],
  // Those of ASCII, which every checker of passwords calls symbols.
  ["no symbol, such as ! or .", /[!-/:-@[-`{-~]/],
];

/**
 * Generates a password of 32 characters (190 bits) that satisfies the usual policies: capital and small letters, digits
 * and a symbol. The symbol is a full stop, which needs no quoting in a URL, a shell, SQL or YAML. It is protected as other
 * passwords are.
 */
export function strongPassword(name: string, parent: Resource): Reference {
  const atLeastOneOfEach = { minUpper: 1, minLower: 1, minNumeric: 1, minSpecial: 1, overrideSpecial: "." };
  const { result } = new RandomPassword(name, { length: 32, ...atLeastOneOfEach }, { parent, protect: true });
  return Reference.hidden(result);
}

/**
 * What a password lacks of the policy: 8 characters or more, with capital and small letters, digits and symbols of ASCII.
 * The password itself is in none of the answers.
 */
export function passwordProblems(password: string): readonly string[] {
  return POLICY.filter(([, present]) => !present.test(password)).map(([missing]) => `has ${missing}`);
}

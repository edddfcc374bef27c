import type { z } from "zod";
import { type Given, MistakenSettings, type Mistake, parse } from "../../stacks/settings.ts";
import { type FileSettings, givenOf, withSecretAt } from "./given.ts";

/**
 * Texts that stand for secrets, which are neither decrypted nor asked for. They decide nothing of what is made; but a
 * program refuses secrets that are not of the right form, and for each form there is one here.
 */
const FORMS: readonly string[] = [
  // A long password with letters of both kinds, digits and symbols.
  "Encrypted-In-The-Stack-File-0123456789",
  // A key in hexadecimal.
  "0123456789abcdef".repeat(4),
  // A private key.
  "-----BEGIN PRIVATE KEY-----\nencrypted in the stack file\n-----END PRIVATE KEY-----\n",
];

/**
 * The settings of a stack for a program that makes nothing: each secret is a text of the right form, also those that are
 * still to be set. What is wrong with the other settings is left for the program to complain about.
 *
 * @param shape What the program takes
 */
export function withPlaceholders(file: FileSettings, shape: z.ZodRawShape): Given {
  const forms = new Map<string, number>();
  let settings = file;
  for (;;) {
    const given = givenOf(settings, (path) => FORMS[forms.get(path.join(".")) ?? 0]!);
    const secrets = new Set(settings.encrypted.map((path) => path.join(".")));
    const mistakes = mistakesOf(shape, given);
    const missing = mistakes.filter(({ path, isMissingSecret }) => isMissingSecret && !secrets.has(path));
    const refused = mistakes.filter(
      ({ path }) => secrets.has(path) && (forms.get(path) ?? 0) < FORMS.length - 1,
    );
    if (missing.length === 0 && refused.length === 0) return given;
    settings = missing.reduce((all, { path }) => withSecretAt(all, path.split(".")), settings);
    for (const { path } of refused) forms.set(path, (forms.get(path) ?? 0) + 1);
  }
}

function mistakesOf(shape: z.ZodRawShape, given: Given): readonly Mistake[] {
  try {
    parse(shape, given);
    return [];
  } catch (error) {
    if (error instanceof MistakenSettings) return error.mistakes;
    throw error;
  }
}

import { parse, MistakenSettings, type Given } from "../../stacks/settings.ts";
import type { z } from "zod";
import { type FileSettings, givenOf } from "./given.ts";

/**
 * Texts that stand for secrets which are not decrypted. They decide nothing of what is made; but a program refuses secrets
 * that are not of the right form, and for each form there is one here.
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
 * The settings of a stack for a program that makes nothing, with a text of the right form for every secret.
 *
 * @param shape What the program takes
 * @throws MistakenSettings with everything that is wrong with the other settings
 */
export function withPlaceholders(settings: FileSettings, shape: z.ZodRawShape): Given {
  const forms = new Map(settings.encrypted.map((path) => [path.join("."), 0]));
  for (;;) {
    const given = givenOf(settings, (path) => FORMS[forms.get(path.join("."))!]!);
    const refused = mistakesOf(shape, given).filter(
      (path) => (forms.get(path) ?? FORMS.length) < FORMS.length - 1,
    );
    if (refused.length === 0) return given;
    for (const path of refused) forms.set(path, forms.get(path)! + 1);
  }
}

/** Paths of the settings that a program refuses. */
function mistakesOf(shape: z.ZodRawShape, given: Given): readonly string[] {
  try {
    parse(shape, given);
    return [];
  } catch (error) {
    if (error instanceof MistakenSettings) return error.mistakes.map(({ path }) => path);
    throw error;
  }
}

import { Document } from "yaml";
import type { z } from "zod";
import { parse } from "../../stacks/settings.ts";
import { revealed, type Secret, secretsIn, withoutSecrets } from "./secret.ts";

/** Settings of a stack by their names without `keelson:`. */
export type Settings = Readonly<Record<string, unknown>>;

/** A stack file, and the secrets that are still to be put into it, encrypted. */
export interface StackFile {
  readonly text: string;
  /** By their paths, as `keelson:acceleration.modelKeys.openai`. */
  readonly secrets: Readonly<Record<string, Secret>>;
}

const HEADING = " Every setting is explained in docs/operations.md; secrets are encrypted.";

/**
 * Makes a stack file of settings, once the program's own validator takes them.
 *
 * @param shape What the program takes
 * @throws MistakenSettings with everything that is wrong with them
 */
export function stackFileOf(settings: Settings, shape: z.ZodRawShape): StackFile {
  const entries = Object.entries(settings).filter(([, value]) => !isEmpty(value));
  const text = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(revealed(value)));
  parse(shape, {
    values: Object.fromEntries(entries.map(([key, value]) => [`keelson:${key}`, text(value)])),
    secrets: new Set(
      entries.filter(([, value]) => secretsIn(value).length > 0).map(([key]) => `keelson:${key}`),
    ),
  });
  const open = Object.fromEntries(
    entries.flatMap(([key, value]) => {
      const left = withoutSecrets(value);
      return left === undefined ? [] : [[`keelson:${key}`, left]];
    }),
  );
  const document = new Document({ config: open });
  document.contents!.commentBefore = HEADING;
  return { text: document.toString({ lineWidth: 0 }), secrets: secretsByPath(settings) };
}

function secretsByPath(settings: Settings): StackFile["secrets"] {
  return Object.fromEntries(
    secretsIn(settings).map(({ path, secret }) => [
      `keelson:${path.map((part, index) => segment(part, index)).join("")}`,
      secret,
    ]),
  );
}

/** A part of a path as Pulumi writes it. */
function segment(part: string | number, index: number): string {
  if (typeof part === "number") return `[${part}]`;
  if (!/^[\w-]+$/.test(part)) return `[${JSON.stringify(part)}]`;
  return index === 0 ? part : `.${part}`;
}

function isEmpty(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}

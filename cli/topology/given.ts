import { readFile } from "node:fs/promises";
import * as path from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import type { Given } from "../../stacks/settings.ts";
import type { Stack } from "../stack.ts";

/** A stack's settings as its file has them: those that are encrypted are missing. */
export interface FileSettings {
  /** By full key, as `keelson:docker`. */
  readonly values: Readonly<Record<string, unknown>>;
  /** Paths of what is encrypted, as `["keelson:acceleration", "modelKeys", "openai"]`. */
  readonly encrypted: readonly Path[];
}

type Path = readonly (string | number)[];

const stackFile = z.object({ config: z.record(z.string(), z.unknown()).nullish() });
const projectFile = z.object({
  config: z
    .record(z.string(), z.looseObject({ default: z.unknown().optional(), value: z.unknown().optional() }))
    .default({}),
});

/** Reads the settings of a stack, with the project's defaults, as the engine would; it decrypts nothing. */
export async function readSettings({ file, project }: Stack): Promise<FileSettings> {
  const { config: declared } = projectFile.parse(await yaml(path.join(project.folder, "Pulumi.yaml")));
  const { config } = stackFile.parse((await yaml(file)) ?? {});
  const defaults = Object.entries(declared).flatMap(([key, { value, default: fallback = value }]) =>
    fallback === undefined ? [] : [[key, fallback] as const],
  );
  const values: Record<string, unknown> = { ...Object.fromEntries(defaults), ...config };
  return { values, encrypted: Object.entries(values).flatMap(([key, value]) => encryptedIn(value, [key])) };
}

/**
 * The settings as the engine hands them to a program, with other texts in the place of what is encrypted.
 *
 * @param textAt The text in the place of what is encrypted at a path
 */
export function givenOf({ values, encrypted }: FileSettings, textAt: (path: Path) => string): Given {
  const filled = Object.entries(values).map(([key, value]) => [key, fill(value, [key], textAt)] as const);
  return {
    values: Object.fromEntries(
      filled.map(([key, value]) => [key, typeof value === "string" ? value : JSON.stringify(value)]),
    ),
    secrets: new Set(encrypted.map(([key]) => `${key}`)),
  };
}

/** The settings with one more that is encrypted. */
export function withSecretAt({ values, encrypted }: FileSettings, at: readonly string[]): FileSettings {
  return { values: placed(values, at), encrypted: [...encrypted, at] };
}

function placed(values: unknown, [key, ...rest]: readonly string[]): Readonly<Record<string, unknown>> {
  const others = (values ?? {}) as Readonly<Record<string, unknown>>;
  if (key === undefined) return { secure: "" };
  return { ...others, [key]: placed(others[key], rest) };
}

async function yaml(file: string): Promise<unknown> {
  return parse(await readFile(file, "utf8"));
}

/** Whether a value stands for one that is encrypted, as Pulumi writes it. */
function isEncrypted(value: object): boolean {
  return "secure" in value && typeof value.secure === "string" && Object.keys(value).length === 1;
}

function encryptedIn(value: unknown, at: Path): readonly Path[] {
  if (typeof value !== "object" || value === null) return [];
  if (isEncrypted(value)) return [at];
  return partsOf(value).flatMap(([key, part]) => encryptedIn(part, [...at, key]));
}

function fill(value: unknown, at: Path, textAt: (path: Path) => string): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (isEncrypted(value)) return textAt(at);
  const parts = partsOf(value).map(([key, part]) => [key, fill(part, [...at, key], textAt)] as const);
  return Array.isArray(value) ? parts.map(([, part]) => part) : Object.fromEntries(parts);
}

function partsOf(value: object): (readonly [string | number, unknown])[] {
  return Array.isArray(value) ? [...value.entries()] : Object.entries(value);
}

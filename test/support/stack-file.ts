import { readdirSync, readFileSync } from "node:fs";
import { parse } from "yaml";
import type { Given } from "../../stacks/settings.ts";

const read = (path: string) => parse(readFileSync(new URL(`../../${path}`, import.meta.url), "utf8"));

/** Names of all stacks of this repository. */
export function stackNames(): string[] {
  return readdirSync(new URL("../../stacks/", import.meta.url)).flatMap(
    (file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1] ?? [],
  );
}

/** Settings of a stack of this repository, as the engine hands them to the program: with the project's defaults. */
export function stackFile(name: string): Given {
  const { config } = read("Pulumi.yaml") as { config: Record<string, { default?: unknown }> };
  const defaults = Object.entries(config).flatMap(([key, { default: value }]) =>
    value === undefined ? [] : [[key, value]],
  );
  const given = { ...Object.fromEntries(defaults), ...read(`stacks/Pulumi.${name}.yaml`).config };
  const values = Object.entries(given).map(([key, value]) => [
    key,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  return { values: Object.fromEntries(values), secrets: new Set() };
}

/** The same with other settings, each by its key; those with parts keep what is not changed. */
export function stackWith(
  name: string,
  changes: Readonly<Record<string, object>>,
  secrets: readonly string[],
): Given {
  const { values } = stackFile(name);
  const changed = Object.entries(changes).map(([key, change]) => [
    key,
    JSON.stringify({ ...JSON.parse(values[key] ?? "{}"), ...change }),
  ]);
  return { values: { ...values, ...Object.fromEntries(changed) }, secrets: new Set(secrets) };
}

/** Names of the settings that the project declares. */
export function declaredSettings(): string[] {
  return Object.keys(read("Pulumi.yaml").config);
}

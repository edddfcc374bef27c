import { readdirSync, readFileSync } from "node:fs";
import { parse } from "yaml";
import type { Given } from "../../stacks/settings.ts";
import { neededSecrets } from "./needed-secrets.ts";

const read = (path: string) => parse(readFileSync(new URL(`../../${path}`, import.meta.url), "utf8"));

/** Names of all stacks of this repository. */
export function stackNames(): string[] {
  return readdirSync(new URL("../../stacks/", import.meta.url)).flatMap(
    (file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1] ?? [],
  );
}

/**
 * Settings of a stack of this repository, as the engine hands them to the program: with the project's defaults, and what it
 * needs of secrets. What watches it is left out unless it is asked for: most tests are on the platform alone.
 */
export function stackFile(name: string, { observed = false } = {}): Given {
  const { config } = read("Pulumi.yaml") as { config: Record<string, { default?: unknown }> };
  const defaults = Object.entries(config).flatMap(([key, { default: value }]) =>
    value === undefined ? [] : [[key, value]],
  );
  const given = { ...Object.fromEntries(defaults), ...read(`stacks/Pulumi.${name}.yaml`).config };
  const values = Object.entries(given).map(([key, value]) => [
    key,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  const alone = observed ? [] : [["keelson:observability", "false"]];
  return withNeeded(Object.fromEntries([...values, ...alone]));
}

function withNeeded(values: Readonly<Record<string, string>>): Given {
  const platform = values["keelson:platform"]!;
  const needed = neededSecrets[platform];
  if (!needed) return { values, secrets: new Set() };
  const key = `keelson:${platform}`;
  const settings = JSON.stringify({ ...JSON.parse(values[key] ?? "{}"), ...needed });
  return { values: { ...values, [key]: settings }, secrets: new Set([key]) };
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

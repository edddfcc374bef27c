import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { isValues, type Value, type Values } from "../../embedded/plugins/provider/value.ts";

/** One recorded call between the engine and an official plugin. */
export interface Recording {
  readonly method: string;
  readonly request: Values;
  readonly response: Values;
}

/** The recordings of a plugin, of the given methods (`Check`, `Diff`, …); see test/fixtures/official-plugins/README.md. */
export function recordings(plugin: string, ...methods: readonly string[]): readonly Recording[] {
  const file = new URL(`../fixtures/official-plugins/${plugin}.jsonl.gz`, import.meta.url);
  return gunzipSync(readFileSync(file))
    .toString()
    .split("\n")
    .filter((line) => line !== "")
    .map((line): Recording => JSON.parse(line))
    .filter(({ method }) => methods.includes(method));
}

export function values(value: Value | undefined): Values {
  return isValues(value) ? value : {};
}

export function text(value: Value | undefined): string {
  return typeof value === "string" ? value : "";
}

export function list(value: Value | undefined): readonly Value[] {
  return Array.isArray(value) ? value : [];
}

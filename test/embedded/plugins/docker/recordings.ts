import { readFileSync } from "node:fs";
import type { Value, Values } from "../../../../embedded/plugins/provider/value.ts";

/** One operation of the official docker plugin 5.1.0 on Engine 20.10: what it was asked and the state that it answered. */
export interface Recording {
  readonly operation: "create" | "read" | "update" | "failed create";
  readonly type: "Container" | "Network" | "Volume";
  readonly name: string;
  readonly inputs: Values;
  /** The state before. */
  readonly known: Values;
  readonly outputs: Values;
}

const file = new URL("../../../fixtures/official-plugins/docker-operations.jsonl", import.meta.url);

export function recordings(operation: Recording["operation"]): Recording[] {
  return readFileSync(file, "utf8")
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Recording)
    .filter((recording) => recording.operation === operation);
}

/** The state with its lists in an order of their own: the official plugin orders sets by a hash of their elements. */
export function sorted(value: Value): Value {
  if (Array.isArray(value)) return value.map(sorted).toSorted((one, other) => order(one, other));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).toSorted(([one], [other]) => order(one, other));
  return Object.fromEntries(entries.map(([name, each]) => [name, sorted(each)]));
}

function order(one: Value, other: Value): number {
  return JSON.stringify(one) < JSON.stringify(other) ? -1 : 1;
}

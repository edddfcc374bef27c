import { readFileSync } from "node:fs";
import type { ContainerInspectInfo, NetworkInspectInfo, VolumeInspectInfo } from "dockerode";
import type { Value, Values } from "../../../../embedded/plugins/provider/value.ts";

type Kind = "Container" | "Network" | "Volume";

/** One operation of the official docker plugin 5.1.0 on Engine 20.10: what it was asked and the state that it answered. */
export interface Recording {
  readonly operation: "create" | "read" | "update" | "failed create";
  readonly type: Kind;
  readonly name: string;
  readonly inputs: Values;
  /** The state before. */
  readonly known: Values;
  readonly outputs: Values;
}

export function recordings(operation: Recording["operation"]): Recording[] {
  return lines<Recording>("official-plugins/docker-operations.jsonl").filter(
    (recording) => recording.operation === operation,
  );
}

interface Inspected {
  readonly Container: ContainerInspectInfo;
  readonly Network: NetworkInspectInfo;
  readonly Volume: VolumeInspectInfo;
}

interface Inspection<Type extends Kind> {
  readonly type: Kind;
  readonly name: string;
  readonly inspected: Inspected[Type];
}

/** What an Engine 20.10 answered to an inspection of the resource that the recorded inputs make. */
export function inspected<Type extends Kind>(type: Type, name: Value | undefined): Inspected[Type] {
  const found = lines<Inspection<Type>>("docker-engine.jsonl").find(
    (each) => each.type === type && each.name === name,
  );
  if (!found) throw new Error(`no inspection of ${type} ${JSON.stringify(name)} in the fixture`);
  return found.inspected;
}

function lines<Line>(file: string): Line[] {
  const text = readFileSync(new URL(`../../../fixtures/${file}`, import.meta.url), "utf8");
  return text.split("\n").flatMap((line) => (line ? [JSON.parse(line) as Line] : []));
}

/** What differs from one run to the next: addresses, ids, and host names made from them. */
const volatile = new Set(["id", "hostname", "gateway", "ipAddress", "macAddress", "subnet"]);

/**
 * The state in a form to compare: without what differs from run to run, and lists in an order of their own, as the official
 * plugin orders sets by a hash of their elements.
 */
export function comparable(value: Value): Value {
  if (Array.isArray(value)) return (value as Value[]).map(comparable).toSorted(order);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !volatile.has(name))
      .toSorted(([one], [other]) => order(one, other))
      .map(([name, each]) => [name, comparable(each)]),
  );
}

function order(one: Value, other: Value): number {
  return JSON.stringify(one) < JSON.stringify(other) ? -1 : 1;
}

import { randomDigits } from "../../provider/bridge/auto-name.ts";
import type { Values } from "../../provider/value.ts";
import { annotations } from "../annotations.ts";
import { annotationOf, type ManagedFields } from "../api/object.ts";
import { isValues, type Value } from "../../provider/value.ts";
import type { Settings } from "../config/settings.ts";

/** Under this name objects are created, and managed where server-side apply is off. */
export const commonManager = "pulumi-kubernetes";

/**
 * The name under which the program's fields are managed: each resource has its own, so that two programs that set the same field learn of it. It
 * is kept in the state.
 */
export function fieldManager(inputs: Values, stored: string | undefined, settings: Settings): string {
  if (!settings.enableServerSideApply) return commonManager;
  return (
    annotationOf(inputs, annotations.patchFieldManager) ?? stored ?? `${commonManager}-${randomDigits(8)}`
  );
}

/**
 * Managers whose fields become the program's own with its first apply: the plugin itself, which creates objects under its common name, and those
 * who configure by hand. Names are beginnings of names; a field of a subresource (`scale`) stays its manager's.
 */
const predecessors: readonly Pick<ManagedFields, "manager" | "operation">[] = [
  { manager: "kubectl", operation: "Apply" },
  { manager: "kubectl", operation: "Update" },
  { manager: "before-first-apply", operation: "Update" },
  { manager: commonManager, operation: "Update" },
  { manager: "pulumi-resource-kubernetes", operation: "Update" },
];

/** Whether fields of a manager become those of the program. */
export function isPredecessor({ manager = "", operation, subresource = "" }: ManagedFields): boolean {
  return (
    subresource === "" &&
    predecessors.some((each) => manager.startsWith(each.manager ?? "") && operation === each.operation)
  );
}

/** The entries with the predecessors' fields made the manager's own; nothing if there are none. */
export function takenOver(
  entries: readonly ManagedFields[],
  manager: string,
): readonly ManagedFields[] | undefined {
  const isOwn = (entry: ManagedFields): boolean =>
    entry.manager === manager && entry.operation === "Apply" && (entry.subresource ?? "") === "";
  const joined = entries.filter((entry) => isOwn(entry) || isPredecessor(entry));
  const [first] = joined;
  if (!first || joined.every(isOwn)) return undefined;
  const fieldsV1 = joined.map((entry) => entry.fieldsV1).reduce(union);
  const own = { ...first, manager, operation: "Apply" as const, fieldsV1 };
  return [own, ...entries.filter((entry) => !joined.includes(entry))];
}

function union(one: Values, other: Values): Values {
  const both = Object.entries(other).map(([name, value]): [string, Value] => {
    const before = one[name];
    return [name, isValues(before) && isValues(value) ? union(before, value) : value];
  });
  return { ...one, ...Object.fromEntries(both) };
}

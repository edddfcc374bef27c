import type { Kind } from "../api/object.ts";
import { isValues, type Value, type Values } from "../../provider/value.ts";
import { isBuiltIn } from "./kinds.ts";

/** What the program's inputs would be if the object as it is were what it wants. */
export function currentInputs(kind: Kind, live: Values, inputs: Values): Values {
  return pruned(isBuiltIn(kind) ? withEmptyFields(live, inputs) : live, inputs);
}

/** Of an object only the fields that the inputs have too: what the API server adds is nobody's wish. Lists are gone through side by side. */
function pruned(live: Values, inputs: Values): Values {
  return Object.fromEntries(
    Object.entries(live).flatMap(([name, value]) => {
      const wanted = inputs[name];
      return wanted === undefined ? [] : [[name, prunedValue(value, wanted)]];
    }),
  );
}

function prunedValue(live: Value, wanted: Value): Value {
  if (isValues(live) && isValues(wanted)) return pruned(live, wanted);
  if (Array.isArray(live) && Array.isArray(wanted)) return prunedList(live, wanted);
  return live;
}

function prunedList(live: readonly Value[], wanted: readonly Value[]): readonly Value[] {
  const [first, firstWanted] = [live[0], wanted[0]];
  if (first === undefined || firstWanted === undefined) return [];
  if (isValues(first) !== isValues(firstWanted) || Array.isArray(first) !== Array.isArray(firstWanted))
    return live;
  return wanted.flatMap((each, index) => {
    const value = live[index];
    return value === undefined ? [] : [prunedValue(value, each)];
  });
}

/** Fields whose absence means something else than `false`, `0` or nothing: absent, they are a change that somebody made. */
const meaningfulZeros: ReadonlySet<string> = new Set([
  "allowPrivilegeEscalation",
  "automountServiceAccountToken",
  "storageClassName",
  "ttlSecondsAfterFinished",
]);

/**
 * Adds the empty values of the inputs (`false`, `0`, `""`, an empty list or object) that a live object lacks: the API server leaves many of them
 * out of what it keeps, so their absence is no difference.
 */
function withEmptyFields(live: Values, inputs: Values): Values {
  const added = Object.entries(inputs).flatMap(([name, value]): [string, Value][] => {
    const current = live[name];
    if (current !== undefined) return [[name, withEmptyValues(current, value)]];
    return isEmpty(value) && !meaningfulZeros.has(name) ? [[name, value]] : [];
  });
  return { ...live, ...Object.fromEntries(added) };
}

function withEmptyValues(live: Value, wanted: Value): Value {
  if (isValues(live) && isValues(wanted)) return withEmptyFields(live, wanted);
  if (Array.isArray(live) && Array.isArray(wanted)) {
    const [elements, wishes]: (readonly Value[])[] = [live, wanted];
    return (elements ?? []).map((each, index) => withEmptyValues(each, wishes?.[index] ?? null));
  }
  return live;
}

function isEmpty(value: Value): boolean {
  if (Array.isArray(value)) return value.length === 0;
  if (isValues(value)) return Object.values(value).every(isEmpty);
  return value === false || value === 0 || value === "" || value === null;
}

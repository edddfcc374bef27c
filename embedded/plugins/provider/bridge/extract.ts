import { isValues, type Value, type Values } from "../value.ts";
import type { Properties, PropertyType } from "../property.ts";
import { canonical } from "./equality.ts";
import { correspondence } from "./match.ts";
import type { Semantics } from "./semantics.ts";
import { blockOf, elementType, isAbsent, isReserved, listOf, valuesOf } from "./types.ts";

/**
 * The inputs that would make a resource as it was found: for a refresh those that the program gave, with the values found; for an
 * import all that are neither computed only nor what a resource has anyway.
 */
export function extractInputs(
  table: Properties,
  oldInputs: Values | undefined,
  outputs: Values,
  semantics: Semantics,
): Values {
  if (oldInputs === undefined) return fromState(table, outputs, semantics);
  const { values } = refreshed({ object: table }, oldInputs, outputs);
  return valuesOf(withoutEmptyDefaults(values, semantics));
}

/** `same`: nothing in it was found changed. */
interface Refreshed {
  readonly values: Value;
  readonly same: boolean;
}

function refreshed(type: PropertyType | undefined, old: Value, found: Value): Refreshed {
  if (Array.isArray(old) && Array.isArray(found)) return refreshedList(type, old, found);
  if (isValues(old) && isValues(found)) return refreshedValues(type, old, found);
  return { values: found, same: JSON.stringify(old) === JSON.stringify(found) };
}

function refreshedList(
  type: PropertyType | undefined,
  old: readonly Value[],
  found: readonly Value[],
): Refreshed {
  const matching = correspondence(type ?? { list: "string" }, old, found);
  const elements = old.map((each, index) => {
    const other = matching(index);
    return other === undefined ? undefined : refreshed(type && elementType(type), each, other);
  });
  const kept = elements.filter((each) => each !== undefined);
  return {
    values: kept.map(({ values }) => values),
    same: kept.length === elements.length && kept.every(({ same }) => same),
  };
}

/** A default stays one as long as what was found is what had been filled in. */
function refreshedValues(type: PropertyType | undefined, old: Values, found: Values): Refreshed {
  const block = blockOf(type);
  const values: Record<string, Value> = {};
  const changed = new Set<string>();
  for (const [name, value] of Object.entries(old)) {
    if (isReserved(name)) continue;
    const other = found[name];
    if (other === undefined) {
      changed.add(name);
      continue;
    }
    const result = refreshed(block ? block[name]?.type : type && elementType(type), value, other);
    values[name] = result.values;
    if (!result.same) changed.add(name);
  }
  const defaults = old["__defaults"];
  if (defaults !== undefined)
    values["__defaults"] = listOf(defaults).filter((name) => typeof name === "string" && !changed.has(name));
  return { values, same: changed.size === 0 };
}

function withoutEmptyDefaults(value: Value, semantics: Semantics): Value {
  if (Array.isArray(value)) {
    const elements: readonly Value[] = value;
    return elements.map((each) => withoutEmptyDefaults(each, semantics));
  }
  if (!isValues(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(
        ([name, each]) => name !== "__defaults" || (semantics.defaultsInInputs && listOf(each).length > 0),
      )
      .map(([name, each]) => [name, withoutEmptyDefaults(each, semantics)]),
  );
}

function fromState(table: Properties, outputs: Values, semantics: Semantics): Values {
  const inputs = Object.entries(outputs)
    .filter(([name, value]) => {
      const property = table[name];
      if (!property || property.output) return false;
      return property.required === true || !isUsual(property.type, value, property.default);
    })
    .map(([name, value]) => [name, imported(table[name]?.type, value, semantics)]);
  return { ...Object.fromEntries(inputs), ...(semantics.defaultsInInputs ? { __defaults: [] } : {}) };
}

function isUsual(type: PropertyType, value: Value, usual: Value | undefined): boolean {
  return usual === undefined
    ? canonical(type, value, true) === canonical(type, null, true)
    : JSON.stringify(value) === JSON.stringify(usual);
}

function imported(type: PropertyType | undefined, value: Value, semantics: Semantics): Value {
  if (isAbsent(value) || type === undefined) return value;
  const block = blockOf(type);
  if (block) return fromState(block, valuesOf(value), semantics);
  const element = elementType(type);
  if (element === undefined || !Array.isArray(value)) return value;
  return listOf(value).map((each) => imported(element, each, semantics));
}

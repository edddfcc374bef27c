import { isValues, type Value, type Values } from "../value.ts";
import type { Properties, PropertyType } from "../property.ts";
import { blockOf, elementType, isAbsent, isReserved, valuesOf } from "./types.ts";

/** The inputs as an operation wants them: with every default, and without what is only the bridge's. */
export function withDefaults(table: Properties, inputs: Values): Values {
  const given = Object.entries(inputs).filter(([name, value]) => !isReserved(name) && !isAbsent(value));
  const defaults = Object.entries(table).flatMap(([name, property]) =>
    property.default === undefined ? [] : [[name, property.default] as const],
  );
  return {
    ...Object.fromEntries(defaults),
    ...Object.fromEntries(given.map(([name, value]) => [name, inside(table[name]?.type, value)])),
  };
}

function inside(type: PropertyType | undefined, value: Value): Value {
  const block = blockOf(type);
  if (block && isValues(value)) return withDefaults(block, valuesOf(value));
  const element = type && elementType(type);
  if (element === undefined || !Array.isArray(value)) return value;
  const elements: readonly Value[] = value;
  return elements.map((each) => inside(element, each));
}

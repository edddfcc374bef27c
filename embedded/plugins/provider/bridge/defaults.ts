import { isValues, type Value, type Values } from "../value.ts";
import type { Properties, Property, PropertyType } from "../property.ts";
import { blockOf, elementType, isAbsent, isReserved, valuesOf } from "./types.ts";

/** The inputs as an operation wants them: with every default, and without what is only the bridge's. */
export function withDefaults(table: Properties, inputs: Values): Values {
  const given = Object.entries(inputs).filter(([name, value]) => !isReserved(name) && !isAbsent(value));
  const defaults = Object.entries(table).flatMap(([name, property]) => {
    const value = defaultOf(property, inputs);
    return isAbsent(value) ? [] : [[name, value] as const];
  });
  return {
    ...Object.fromEntries(defaults),
    ...Object.fromEntries(given.map(([name, value]) => [name, inside(table[name]?.type, value)])),
  };
}

/** What a property is where the program does not give it. */
export function defaultOf(property: Property, given: Values): Value | undefined {
  return (property.follows === undefined ? undefined : given[property.follows]) ?? property.default;
}

function inside(type: PropertyType | undefined, value: Value): Value {
  const block = blockOf(type);
  if (block && isValues(value)) return withDefaults(block, valuesOf(value));
  const element = type && elementType(type);
  if (element === undefined || !Array.isArray(value)) return value;
  const elements: readonly Value[] = value;
  return elements.map((each) => inside(element, each));
}

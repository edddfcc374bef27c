import type { PropertyType } from "../property.ts";
import type { Value } from "../value.ts";
import { blockOf, elementType, isAbsent, isSet, listOf, valuesOf } from "./types.ts";

/**
 * Writes a value so that two values have the same text if and only if they mean the same for their type: sets without order,
 * and, where `absentIsZero`, nothing as the zero of its type.
 */
export function canonical(type: PropertyType, value: Value | undefined, absentIsZero: boolean): string {
  return JSON.stringify(reduced(type, value, absentIsZero));
}

function reduced(type: PropertyType, value: Value | undefined, absentIsZero: boolean): unknown {
  if (typeof type === "string") return isAbsent(value) ? zeroOf(type, absentIsZero) : value;
  if (typeof value === "string") return value;
  const empty = isAbsent(value);
  if (empty && !absentIsZero) return null;
  const block = blockOf(type);
  if (block) {
    if (empty) return null;
    const values = valuesOf(value);
    return Object.entries(block)
      .filter(([, property]) => !property.output)
      .map(([name, property]) => [name, reduced(property.type, values[name], absentIsZero)]);
  }
  const element = elementType(type);
  if (element === undefined) return null;
  if ("map" in type)
    return Object.entries(valuesOf(value))
      .map(([name, each]) => [name, reduced(element, each, absentIsZero)])
      .toSorted(([one], [other]) => (String(one) < String(other) ? -1 : 1));
  const elements = listOf(value).map((each) => canonical(element, each, absentIsZero));
  return isSet(type) ? [...new Set(elements)].toSorted() : elements;
}

const zeros = { string: "", integer: 0, number: 0, boolean: false } as const;

function zeroOf(type: keyof typeof zeros, absentIsZero: boolean): Value {
  return absentIsZero ? zeros[type] : null;
}

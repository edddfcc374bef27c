/** What a resource is planned to be: what is given, and for all that Azure may fill in "unknown". */
import { blockOf, elementType, listOf } from "../../provider/bridge/types.ts";
import type { Properties, PropertyType } from "../../provider/property.ts";
import { isUnknown, isValues, unknown, type Value, type Values } from "../../provider/value.ts";
import { isGiven } from "./given.ts";

export function planned(table: Properties, inputs: Values): Values {
  return Object.fromEntries(
    Object.entries(table).map(([name, { type }]) => {
      const value = inputs[name];
      return [name, isGiven(value) ? inside(type, value) : unknown];
    }),
  );
}

function inside(type: PropertyType, value: Value): Value {
  if (isUnknown(value)) return value;
  const nested = blockOf(type);
  if (nested && isValues(value)) return planned(nested, value);
  const element = elementType(type);
  if (element === undefined) return value;
  if (!isValues(value)) return listOf(value).map((each) => inside(element, each));
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, inside(element, each)]));
}

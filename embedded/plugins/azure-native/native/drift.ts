/**
 * What a refresh makes of the inputs. Azure answers more than was given, so only what differs between the outputs of the last
 * update and those found now is taken over into the inputs. Source: `Read` and `applyDiff` of
 * https://github.com/pulumi/pulumi-azure-native/blob/master/provider/pkg/provider
 */
import { blockOf, elementType, listOf, namesIn } from "../../provider/bridge/types.ts";
import type { Properties, PropertyType } from "../../provider/property.ts";
import { isValues, type Value, type Values } from "../../provider/value.ts";
import { isGiven } from "./given.ts";

/** The inputs with what changed outside. */
export function drifted(table: Properties, inputs: Values, last: Values, found: Values): Values {
  const [before, after] = [settable(table, last), settable(table, found)];
  return changed(inputs, before, after);
}

/** The part of the outputs that a program could have given. */
export function settable(table: Properties, outputs: Values): Values {
  return Object.fromEntries(
    Object.entries(outputs).flatMap(([name, value]) => {
      const property = table[name];
      return property && !property.output && isGiven(value) ? [[name, inside(property.type, value)]] : [];
    }),
  );
}

function inside(type: PropertyType, value: Value): Value {
  const nested = blockOf(type);
  if (nested && isValues(value)) return settable(nested, value);
  const element = elementType(type);
  if (element === undefined || !Array.isArray(value)) return value;
  return listOf(value).map((each) => inside(element, each));
}

function changed(inputs: Values, before: Values, after: Values): Values {
  const names = namesIn(inputs, before, after);
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = valueNow(inputs[name], before[name], after[name]);
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
}

function valueNow(
  input: Value | undefined,
  before: Value | undefined,
  after: Value | undefined,
): Value | undefined {
  if (JSON.stringify(before) === JSON.stringify(after)) return input;
  if (isValues(input) && isValues(before) && isValues(after)) return changed(input, before, after);
  if (Array.isArray(input) && Array.isArray(before) && Array.isArray(after)) {
    const [inputs, olds]: readonly (readonly Value[])[] = [input, before];
    return listOf(after).map((each, index) => valueNow(inputs?.[index], olds?.[index], each) ?? each);
  }
  return after;
}

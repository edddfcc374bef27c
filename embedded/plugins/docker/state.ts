/**
 * How the official plugin, which is made with Terraform's SDK, keeps a resource. After a creation or a change the state has what
 * was planned, not what the daemon made of it, for every set; what was not given is `null` unless the daemon tells a value.
 * Only a refresh takes everything from the daemon.
 */
import { plan } from "../provider/bridge/plan.ts";
import { semantics } from "../provider/bridge/semantics.ts";
import {
  blockOf,
  elementType,
  isAbsent,
  isBlockList,
  isSet,
  listOf,
  valuesOf,
} from "../provider/bridge/types.ts";
import type { Properties, Property, PropertyType } from "../provider/property.ts";
import { isUnknown, type Value, type Values } from "../provider/value.ts";
import { isGiven } from "./given.ts";

/** The state of a resource that was just made. Without anything `observed`: that of one whose creation failed half-way. */
export function created(table: Properties, inputs: Values, observed: Values): Values {
  return mapTable(table, (property, name) => afterCreation(property, inputs[name], observed[name]));
}

/** The state after a refresh or an import (`known` is then empty). */
export function refreshed(table: Properties, known: Values, observed: Values): Values {
  return mapTable(
    table,
    (property, name) => observed[name] ?? filled(property.type, known[name], true) ?? null,
  );
}

/** The state after a change in place, which reads nothing back. */
export function updated(table: Properties, known: Values, inputs: Values): Values {
  const planned = plan(table, known, inputs, semantics.sdk);
  return mapTable(table, (property, name) =>
    isUnknown(planned[name]) ? (known[name] ?? null) : filled(property.type, planned[name], true),
  );
}

function mapTable(table: Properties, each: (property: Property, name: string) => Value): Values {
  return Object.fromEntries(Object.entries(table).map(([name, property]) => [name, each(property, name)]));
}

function afterCreation(property: Property, given: Value | undefined, observed: Value | undefined): Value {
  const { type } = property;
  if (isAbsent(given)) return observed === undefined ? unset(property) : unlessEmpty(property, observed);
  return isSet(type) || observed === undefined ? filled(type, given, false) : observed;
}

function unset({ type, default: standard, output, computed }: Property): Value {
  const isList = isBlockList(type) && !output;
  return standard ?? (isList || (isSet(type) && computed) ? [] : null);
}

/** A collection that was not asked for and has nothing in it stays unset. */
function unlessEmpty({ type, computed, output }: Property, observed: Value): Value {
  const isPlainCollection = typeof type === "object" && !blockOf(type) && !isBlockList(type);
  return isPlainCollection && !computed && !output && !isGiven(observed) ? null : observed;
}

const zeros = { string: "", integer: 0, number: 0, boolean: false } as const;

/**
 * Fills in what is left out inside blocks: strings and sets always, the rest with `null`, or with the zero of its type if
 * `withZeros` is set.
 */
function filled(type: PropertyType, value: Value | undefined, withZeros: boolean, nested = false): Value {
  if (typeof type === "string")
    return value ?? (nested && (withZeros || type === "string") ? zeros[type] : null);
  const block = blockOf(type);
  if (block) return isAbsent(value) ? null : filledBlock(block, valuesOf(value), withZeros);
  const element = elementType(type);
  if (isAbsent(value)) return nested && isSet(type) ? [] : emptyMap(type, nested && withZeros);
  if (element === undefined || "map" in type) return value;
  return listOf(value).map((each) => filled(element, each, withZeros, true));
}

function filledBlock(block: Properties, values: Values, withZeros: boolean): Values {
  return mapTable(block, (property, name) =>
    filled(property.type, values[name] ?? property.default, withZeros, true),
  );
}

function emptyMap(type: Exclude<PropertyType, string>, wanted: boolean): Value {
  return wanted && "map" in type ? {} : null;
}

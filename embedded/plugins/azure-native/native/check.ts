/**
 * Checks inputs against their table, as the official plugin does before Azure sees them; and, which it leaves to Azure, against
 * the words and names that the API takes: a preview then tells what is wrong.
 */
import { blockOf, elementType, isReserved, listOf } from "../../provider/bridge/types.ts";
import type { Properties, Property, PropertyType } from "../../provider/property.ts";
import type { Failure } from "../../provider/questions.ts";
import { isUnknown, isValues, type Value, type Values } from "../../provider/value.ts";
import { isGiven } from "./given.ts";

/** What is wrong with each input by itself. */
export function failuresOf(table: Properties, inputs: Values): readonly Failure[] {
  return [...block(table, inputs, "")].map((reason) => ({ property: "", reason }));
}

function* block(table: Properties, values: Values, path: string): Generator<string> {
  for (const [name, property] of Object.entries(table))
    if (property.required && !isGiven(values[name])) yield missing(path + name);
  for (const [name, value] of Object.entries(values)) {
    if (isReserved(name) || !isGiven(value)) continue;
    const property = table[name];
    if (!property || property.output) yield unknownInput(path + name, property);
    else yield* checked(property.type, value, path + name, property);
  }
}

function missing(path: string): string {
  const advice =
    path === "location"
      ? ". Either set it explicitly or configure it with 'pulumi config set azure-native:location <value>'."
      : "";
  return `missing required property '${path}'${advice}`;
}

function unknownInput(path: string, property: Property | undefined): string {
  return property
    ? `'${path}' is decided by Azure: it cannot be given`
    : `the embedded azure-native plugin does not know the input '${path}', which the official plugin may`;
}

function* checked(type: PropertyType, value: Value, path: string, property?: Property): Generator<string> {
  if (isUnknown(value)) return;
  if (!isOfType(type, value)) {
    yield `'${path}' should be of type '${nameOfType(type)}' but got ${described(value)}`;
    return;
  }
  const problem = property?.validate?.(value);
  if (problem !== undefined) yield `'${path}': ${problem}`;
  const nested = blockOf(type);
  const element = elementType(type);
  if (nested && isValues(value)) yield* block(nested, value, `${path}.`);
  else if (element !== undefined && isValues(value))
    for (const [name, each] of Object.entries(value)) yield* checked(element, each, `${path}.${name}`);
  else if (element !== undefined)
    for (const [index, each] of listOf(value).entries()) yield* checked(element, each, `${path}[${index}]`);
}

function isOfType(type: PropertyType, value: Value): boolean {
  if (type === "integer") return Number.isInteger(value);
  if (typeof type === "string") return typeof value === type;
  return "list" in type || "set" in type ? Array.isArray(value) : isValues(value);
}

function nameOfType(type: PropertyType): string {
  if (typeof type === "string") return type;
  return "list" in type || "set" in type ? "array" : "object";
}

function described(value: Value): string {
  if (Array.isArray(value)) return "an array";
  return typeof value === "object" ? "an object" : `the ${typeof value} ${JSON.stringify(value)}`;
}

/** Questions about a property's type that the parts of the bridge share. */
import { isValues, type Value, type Values } from "../value.ts";
import type { Properties, PropertyType } from "../property.ts";

/** Names of properties that are the bridge's own and never the program's. */
export function isReserved(name: string): boolean {
  return name.startsWith("__");
}

export function elementType(type: PropertyType): PropertyType | undefined {
  if (typeof type === "string") return undefined;
  if ("list" in type) return type.list;
  if ("set" in type) return type.set;
  return "map" in type ? type.map : undefined;
}

/** The table of a nested block; nothing for any other type. */
export function blockOf(type: PropertyType | undefined): Properties | undefined {
  return typeof type === "object" && "object" in type ? type.object : undefined;
}

export function isSet(type: PropertyType): boolean {
  return typeof type === "object" && "set" in type;
}

/** A list or set of blocks: empty, never `null`, where there are none. */
export function isBlockList(type: PropertyType): boolean {
  return typeof type === "object" && !("map" in type) && blockOf(elementType(type)) !== undefined;
}

export function isAbsent(value: Value | undefined): value is null | undefined {
  return value === undefined || value === null;
}

export function listOf(value: Value | undefined): readonly Value[] {
  return Array.isArray(value) ? value : [];
}

export function valuesOf(value: Value | undefined): Values {
  return isValues(value) ? value : {};
}

export function namesIn(...values: readonly Values[]): readonly string[] {
  return [...new Set(values.flatMap((each) => Object.keys(each)))].toSorted();
}

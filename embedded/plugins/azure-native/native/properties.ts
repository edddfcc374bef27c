/** What the property tables of Azure's resources are written with. */
import type { Property } from "../../provider/property.ts";
import { oneOf } from "../../provider/validate.ts";
import type { Value } from "../../provider/value.ts";
import type { Reference } from "../../cloud/references.ts";
import { textOf } from "./given.ts";
import { folderOf, keyOf } from "./identity.ts";

export const text = { type: "string" } as const satisfies Property;
export const flag = { type: "boolean" } as const satisfies Property;
export const texts = { type: { list: "string" } } as const satisfies Property;
export const requiredText = { type: "string", required: true } as const satisfies Property;
export const requiredFlag = { type: "boolean", required: true } as const satisfies Property;
export const output = { type: "string", output: true } as const satisfies Property;
export const tags = { type: { map: "string" } } as const satisfies Property;

/** A reference to another resource as the network's API writes it. */
export const subResource = { type: { object: { id: text } } } as const satisfies Property;

/**
 * Where a resource is. The provider's location, or that of the resource group, is taken where none is given. Nothing moves, but
 * only some resources are replaced for it: the others are refused by Azure.
 */
export const fixedLocation = {
  type: "string",
  required: true,
  suppress: isSamePlace,
} as const satisfies Property;
export const location = { ...fixedLocation, replaces: true } as const satisfies Property;

/** "West US 2" and "westus2" are one: https://learn.microsoft.com/azure/reliability/regions-list */
export function isSamePlace(one: Value | undefined, other: Value | undefined): boolean {
  const [before, after] = [one, other].map((each) => textOf(each).replaceAll(" ", "").toLowerCase());
  return before === after;
}

/** One of the API's own words. */
export function choice(...words: readonly string[]) {
  return { type: "string", validate: oneOf(...words) } as const satisfies Property;
}

export function requiredChoice(...words: readonly string[]) {
  return { ...choice(...words), required: true } as const satisfies Property;
}

/** An input that holds the id of a resource of this type, by its name in Azure: `Microsoft.Network/natGateways`. */
export function refersTo(at: string, type: string, options: Pick<Reference, "holds"> = {}): Reference {
  return { at, to: folderOf(type), names: keyOf, ...options };
}

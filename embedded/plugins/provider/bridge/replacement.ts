import { isUnknown, type Value, type Values } from "../value.ts";
import type { Properties, Property, PropertyType } from "../property.ts";
import { canonical } from "./equality.ts";
import { blockOf, elementType, isAbsent, isSet, listOf, valuesOf } from "./types.ts";

/**
 * Whether the planned state can only be reached by a new resource. A list or set of blocks replaces by its length, its blocks by
 * their own properties: a mount more replaces a container, another source of one mount does not.
 */
export function requiresReplacement(
  table: Properties,
  stored: Values,
  planned: Values,
  absentIsZero: boolean,
): boolean {
  const differs = (type: PropertyType, one: Value | undefined, other: Value | undefined): boolean =>
    canonical(type, one, absentIsZero) !== canonical(type, other, absentIsZero);

  const inBlock = (block: Properties, before: Value | undefined, after: Value | undefined): boolean =>
    Object.entries(block).some(([name, property]) =>
      inProperty(property, valuesOf(before)[name], valuesOf(after)[name]),
    );

  const inProperty = (property: Property, before: Value | undefined, after: Value | undefined): boolean => {
    const { type, replaces = false } = property;
    if (!differs(type, before, after)) return false;
    if (isUnknown(after)) return replaces;
    const single = blockOf(type);
    if (single) return (replaces && isAbsent(before) !== isAbsent(after)) || inBlock(single, before, after);
    const element = elementType(type);
    const block = blockOf(element);
    if (element === undefined || !block) return replaces;
    const [old, wanted] = [listOf(before), listOf(after)];
    if (replaces && old.length !== wanted.length) return true;
    if (!isSet(type))
      return Array.from({ length: Math.max(old.length, wanted.length) }).some((_, index) =>
        inBlock(block, old[index], wanted[index]),
      );
    const unmatched = (these: readonly Value[], those: readonly Value[]): readonly Value[] =>
      these.filter((each) => those.every((other) => differs(element, each, other)));
    return [...unmatched(old, wanted), ...unmatched(wanted, old)].some((each) =>
      inBlock(block, undefined, each),
    );
  };

  return inBlock(table, stored, planned);
}

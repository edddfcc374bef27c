import { isUnknown, type Value, type Values } from "../value.ts";
import type { Properties, Property, PropertyType } from "../property.ts";
import type { PropertyDifference } from "../questions.ts";
import { canonical } from "./equality.ts";
import { edits } from "./edits.ts";
import { formatPath, type Path } from "./path.ts";
import { blockOf, elementType, isAbsent, isReserved, isSet, listOf, namesIn, valuesOf } from "./types.ts";

export type Details = Readonly<Record<string, PropertyDifference>>;

/** The places where the planned state differs from the stored one. */
export function differences(
  table: Properties,
  stored: Values,
  planned: Values,
  absentIsZero: boolean,
): Details {
  const differ = new Differ(absentIsZero);
  differ.block(table, stored, planned, [], false);
  return Object.fromEntries(differ.found);
}

class Differ {
  readonly found = new Map<string, PropertyDifference>();
  readonly #absentIsZero: boolean;

  constructor(absentIsZero: boolean) {
    this.#absentIsZero = absentIsZero;
  }

  /** `replaces`: whether the collection that the block stands in replaces the resource. */
  block(table: Properties, stored: Values, planned: Values, path: Path, replaces: boolean): void {
    for (const name of namesIn(stored, planned)) {
      const property = table[name];
      if (property && !isReserved(name))
        this.#property(property, stored[name], planned[name], [...path, name], replaces);
    }
  }

  #property(
    property: Property,
    stored: Value | undefined,
    planned: Value | undefined,
    path: Path,
    within: boolean,
  ): void {
    this.#value(property.type, stored, planned, path, within || property.replaces === true, property);
  }

  #value(
    type: PropertyType,
    stored: Value | undefined,
    planned: Value | undefined,
    path: Path,
    replaces: boolean,
    property?: Property,
  ): void {
    const before = this.#present(stored);
    const after = this.#present(planned);
    if (before === undefined && after === undefined) return;
    if (before === undefined || after === undefined || isUnknown(after))
      return this.#whole(type, before, after, path, replaces);
    const block = blockOf(type);
    if (block) return this.block(block, valuesOf(before), valuesOf(after), path, property?.replaces === true);
    const element = elementType(type);
    if (element === undefined || typeof type === "string")
      return this.#scalar(type, before, after, path, replaces);
    if ("map" in type) return this.#map(element, valuesOf(before), valuesOf(after), path, replaces);
    if (isSet(type)) return this.#set(element, listOf(before), listOf(after), path, replaces);
    return typeof element === "string"
      ? this.#sequence(element, listOf(before), listOf(after), path, replaces)
      : this.#blocks(element, listOf(before), listOf(after), path);
  }

  #whole(
    type: PropertyType,
    before: Value | undefined,
    after: Value | undefined,
    path: Path,
    replaces: boolean,
  ): void {
    if (this.#absentIsZero && this.#same(type, before, after)) return;
    const kind = before === undefined ? "add" : after === undefined ? "delete" : "update";
    const inside = isUnknown(after) ? before : (after ?? before);
    this.#add(path, kind, replaces || containsReplacing(type, inside));
  }

  #scalar(type: PropertyType, before: Value, after: Value, path: Path, replaces: boolean): void {
    if (!this.#same(type, before, after)) this.#add(path, "update", replaces);
  }

  #map(element: PropertyType, before: Values, after: Values, path: Path, replaces: boolean): void {
    for (const name of namesIn(before, after))
      this.#value(element, before[name], after[name], [...path, name], replaces);
  }

  /** Elements that are gone count at their old place, new ones at their new; both at one place are an update of it. */
  #set(
    element: PropertyType,
    before: readonly Value[],
    after: readonly Value[],
    path: Path,
    replaces: boolean,
  ): void {
    const gone = this.#without(element, before, after);
    const added = this.#without(element, after, before);
    for (const index of new Set([...gone.keys(), ...added.keys()]))
      this.#value(element, gone.get(index), added.get(index), [...path, index], replaces);
  }

  #without(
    element: PropertyType,
    these: readonly Value[],
    those: readonly Value[],
  ): ReadonlyMap<number, Value> {
    const known = new Set(those.map((each) => canonical(element, each, this.#absentIsZero)));
    return new Map(
      [...these.entries()].filter(([, each]) => !known.has(canonical(element, each, this.#absentIsZero))),
    );
  }

  #sequence(
    element: PropertyType,
    before: readonly Value[],
    after: readonly Value[],
    path: Path,
    replaces: boolean,
  ): void {
    const { removed, inserted } = edits(before, after);
    for (const index of new Set([...removed, ...inserted]))
      this.#whole(
        element,
        removed.has(index) ? before[index] : undefined,
        inserted.has(index) ? after[index] : undefined,
        [...path, index],
        replaces,
      );
  }

  #blocks(element: PropertyType, before: readonly Value[], after: readonly Value[], path: Path): void {
    for (let index = 0; index < Math.max(before.length, after.length); index++)
      this.#value(element, before[index], after[index], [...path, index], false);
  }

  #same(type: PropertyType, one: Value | undefined, other: Value | undefined): boolean {
    return canonical(type, one, this.#absentIsZero) === canonical(type, other, this.#absentIsZero);
  }

  /** Where what is absent is zero, an empty list is nothing to a difference; an empty map is something. */
  #present(value: Value | undefined): Value | undefined {
    const isNothing = isAbsent(value) || (this.#absentIsZero && Array.isArray(value) && value.length === 0);
    return isNothing ? undefined : value;
  }

  #add(path: Path, kind: PropertyDifference["kind"], replaces: boolean): void {
    this.found.set(formatPath(path), { kind, replaces, inputs: false });
  }
}

/** Whether a block, or a block in it, has a property that replaces. */
function containsReplacing(type: PropertyType, value: Value | undefined): boolean {
  const block = blockOf(type);
  if (block)
    return Object.entries(valuesOf(value)).some(([name, each]) => {
      const property = block[name];
      return property !== undefined && (property.replaces === true || containsReplacing(property.type, each));
    });
  const element = elementType(type);
  return element !== undefined && listOf(value).some((each) => containsReplacing(element, each));
}

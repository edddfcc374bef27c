/**
 * What differs between the inputs of the last update and those of this one. The official plugin compares inputs with inputs,
 * never with outputs: what Azure fills in is no difference. Every part of a resource's path replaces it, besides what its
 * table says. Source: https://github.com/pulumi/pulumi-azure-native/blob/master/provider/pkg/provider/diff.go
 */
import { formatPath, type Path } from "../../provider/bridge/path.ts";
import { blockOf, elementType, isReserved, listOf, namesIn, valuesOf } from "../../provider/bridge/types.ts";
import type { Properties, Property, PropertyType } from "../../provider/property.ts";
import type { Difference, DiffRequest, PropertyDifference } from "../../provider/questions.ts";
import { isValues, type Value, type Values } from "../../provider/value.ts";
import { isGiven } from "./given.ts";
import { createBeforeDelete } from "./names.ts";

export function diff(table: Properties, request: DiffRequest): Difference {
  const { oldInputs, inputs, outputs } = request;
  const found = new Differ();
  found.block(table, migrated(oldInputs, outputs), inputs, [], false);
  const details = Object.fromEntries(
    [...found.details].map(([path, each]) => [path, unlessFilledIn(each, path, request)]),
  );
  const replaces = Object.keys(details).filter((path) => details[path]?.replaces);
  return {
    changed: found.details.size > 0,
    differs: [...new Set(Object.keys(details).map((path) => path.replace(/[.[].*$/s, "")))].toSorted(),
    replaces: replaces.toSorted(),
    deleteBeforeReplace: replaces.length > 0 && oldInputs[createBeforeDelete] !== true,
    stables: [],
    details,
  };
}

/** States of earlier versions have the version of the API among the outputs only. */
function migrated(oldInputs: Values, outputs: Values): Values {
  const version = outputs["azureApiVersion"];
  return version === undefined || "azureApiVersion" in oldInputs
    ? oldInputs
    : { ...oldInputs, azureApiVersion: version };
}

/** A program that begins to say what Azure had filled in itself replaces nothing. */
function unlessFilledIn(
  difference: PropertyDifference,
  path: string,
  { inputs, outputs }: DiffRequest,
): PropertyDifference {
  const isFilledIn =
    difference.kind === "add" && JSON.stringify(inputs[path]) === JSON.stringify(outputs[path]);
  return isFilledIn ? { ...difference, replaces: false } : difference;
}

class Differ {
  readonly details = new Map<string, PropertyDifference>();

  /** `within`: whether the block as a whole replaces, and so any update in it. */
  block(table: Properties, before: Values, after: Values, path: Path, within: boolean): void {
    for (const name of namesIn(before, after)) {
      if (isReserved(name)) continue;
      const property = table[name];
      this.#value(property, property?.type, before[name], after[name], [...path, name], within);
    }
  }

  #value(
    property: Property | undefined,
    type: PropertyType | undefined,
    before: Value | undefined,
    after: Value | undefined,
    path: Path,
    within: boolean,
  ): void {
    const replaces = property?.replaces === true;
    if (!isGiven(before) && !isGiven(after)) return;
    if (!isGiven(before)) return this.#add(path, "add", replaces);
    if (!isGiven(after)) return this.#add(path, "delete", replaces);
    if (property?.suppress?.(before, after) === true) return;
    if (isValues(before) && isValues(after))
      return this.block(tableOf(type, before, after), before, after, path, within || replaces);
    if (Array.isArray(before) && Array.isArray(after))
      return this.#list(type && elementType(type), listOf(before), listOf(after), path);
    if (JSON.stringify(before) !== JSON.stringify(after)) this.#add(path, "update", within || replaces);
  }

  /** A list's own elements replace nothing when they come and go: only what is inside them may. */
  #list(
    element: PropertyType | undefined,
    before: readonly Value[],
    after: readonly Value[],
    path: Path,
  ): void {
    for (let index = 0; index < Math.max(before.length, after.length); index++)
      this.#value(undefined, element, before[index], after[index], [...path, index], false);
  }

  #add(path: Path, kind: PropertyDifference["kind"], replaces: boolean): void {
    this.details.set(formatPath(path), { kind, replaces, inputs: true });
  }
}

/** The properties of a block; of a map, its keys as they are. */
function tableOf(type: PropertyType | undefined, ...values: readonly Values[]): Properties {
  const block = blockOf(type);
  if (block) return block;
  const element = type && elementType(type);
  return Object.fromEntries(
    namesIn(...values.map(valuesOf)).map((name) => [name, { type: element ?? "string" }]),
  );
}

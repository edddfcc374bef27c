import type { Values } from "../value.ts";
import type { Difference, DiffRequest, PropertyDifference } from "../questions.ts";
import type { Definition } from "../resource.ts";
import type { Properties } from "../property.ts";
import { differences, type Details } from "./difference.ts";
import { parsePath, withValueFrom } from "./path.ts";
import { planOf } from "./plan.ts";
import { requiresReplacement } from "./replacement.ts";
import type { Semantics } from "./semantics.ts";
import { listOf } from "./types.ts";

/** What an update would change, and whether it takes a new resource. */
export function diff(definition: Definition, request: DiffRequest, semantics: Semantics): Difference {
  const { properties: table, deleteBeforeReplace = false } = definition;
  const planned = request.ignoreChanges
    .map(parsePath)
    .reduce(
      (values, path) => withValueFrom(values, request.outputs, path),
      planOf(definition, request.outputs, request.inputs, semantics),
    );
  const found = differences(table, request.outputs, planned, semantics.absentIsZero);
  const replaced = requiresReplacement(table, request.outputs, planned, semantics.absentIsZero);
  const details = withDecision(found, replaced);
  const replacing = topLevel(details, ({ replaces }) => replaces);
  return {
    changed: Object.keys(details).length > 0,
    differs: unique(topLevel(details)),
    replaces: semantics.details ? replacing : unique(replacing),
    deleteBeforeReplace: replacing.length > 0 && (deleteBeforeReplace || isNamed(table, request.inputs)),
    stables: semantics.details ? stables(table, replacing) : [],
    ...(semantics.details ? { details } : {}),
  };
}

/** The decision is the plan's: a path says so only if it does; where none does, the state's version stands for them. */
function withDecision(found: Details, replaced: boolean): Details {
  if (!replaced)
    return Object.fromEntries(
      Object.entries(found).map(([path, each]) => [path, { ...each, replaces: false }]),
    );
  return Object.values(found).some(({ replaces }) => replaces)
    ? found
    : { ...found, __meta: { kind: "update", replaces: true, inputs: false } };
}

function topLevel(
  details: Details,
  which: (each: PropertyDifference) => boolean = () => true,
): readonly string[] {
  return Object.entries(details)
    .filter(([, each]) => which(each))
    .map(([path]) => path.replace(/[.[].*$/s, ""))
    .toSorted();
}

function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names)];
}

/** A name of the program's own choosing cannot be held by two resources at once. */
function isNamed(table: Properties, inputs: Values): boolean {
  const filledIn = listOf(inputs["__defaults"]);
  return (
    "__defaults" in inputs &&
    Object.keys(inputs).some((name) => table[name]?.autoName === true && !filledIn.includes(name))
  );
}

function stables(table: Properties, replacing: readonly string[]): readonly string[] {
  return Object.keys(table)
    .filter((name) => table[name]?.replaces === true && !replacing.includes(name))
    .toSorted();
}

import type { Difference, DiffRequest, PropertyDifference } from "../../provider/questions.ts";
import { isValues, type Value, type Values } from "../../provider/value.ts";
import { revealed } from "../../provider/wire.ts";
import { differences, textOf } from "../diff/differences.ts";
import { isIgnored, parsePath } from "../diff/ignored.ts";
import { inputsIn } from "./state.ts";

/** A release can't move. */
const replacing: ReadonlySet<string | number | undefined> = new Set(["name", "namespace"]);

/** Stands for a null: among values it means that a default of the chart is taken away, which is not the same as to say nothing. */
const nothing = "\u0000null";

/**
 * Compares what the program wants with what is kept of the release, as far as the program says or said something: what others gave the
 * release besides stays.
 */
export function diff({ outputs, inputs, ignoreChanges }: DiffRequest): Difference {
  const wanted = withNulls(revealed(inputs));
  const said = withNulls(inputsIn(outputs) ?? {});
  const current = within(withNulls(revealed(outputs)), said, wanted);
  const ignored = ignoreChanges.map(parsePath);
  const details: Record<string, PropertyDifference> = {};
  differences(current, wanted, (path, difference) => {
    if (isIgnored(path, ignored)) return;
    details[textOf(path)] = { ...difference, replaces: path.length === 1 && replacing.has(path[0]) };
  });
  const paths = Object.keys(details);
  return {
    changed: paths.length > 0,
    differs: [...new Set(paths.map((path) => `${parsePath(path)[0]}`))],
    replaces: paths.filter((path) => details[path]?.replaces),
    stables: [],
    deleteBeforeReplace: false,
    details,
  };
}

/** Of values, those that one of two others has too. */
function within(values: Values, one: Values, other: Values): Values {
  const kept = Object.entries(values).filter(([name]) => name in one || name in other);
  return Object.fromEntries(
    kept.map(([name, value]) => {
      const [first, second] = [one[name], other[name]].map((each) => (isValues(each) ? each : {}));
      return [name, isValues(value) ? within(value, first ?? {}, second ?? {}) : value];
    }),
  );
}

function withNulls(values: Values): Values {
  const shown = (value: Value): Value => {
    if (value === null) return nothing;
    if (Array.isArray(value)) return (value as readonly Value[]).map(shown);
    return isValues(value) ? withNulls(value) : value;
  };
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, shown(value)]));
}

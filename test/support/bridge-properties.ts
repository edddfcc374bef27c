import * as fc from "fast-check";
import type { Properties, PropertyType } from "../../embedded/plugins/provider/property.ts";
import type { Value, Values } from "../../embedded/plugins/provider/value.ts";

/** Inputs as a program could give them for a table: every property of its type or missing; a rule of a value may refuse it. */
export function inputsOf(table: Properties): fc.Arbitrary<Values> {
  const entries = Object.entries(table)
    .filter(([, { output }]) => !output)
    .map(([name, { type, required, validate }]): [string, fc.Arbitrary<Value | undefined>] => {
      const isRefused = (value: Value): boolean => validate?.(value) !== undefined;
      return required
        ? [name, valueOf(type).filter((value) => !isRefused(value))]
        : [
            name,
            fc
              .option(valueOf(type), { nil: undefined })
              .map((value) => (value !== undefined && isRefused(value) ? undefined : value)),
          ];
    });
  return fc.record(Object.fromEntries(entries)).map(withoutConflicts(table));
}

/** Few enough that equal values meet, and some that each rule accepts. */
const texts = ["0", "1", "a", "b", "/c", "no", "bind", "volume", "1s", "0644", "server_auth", "P256"];

function valueOf(type: PropertyType): fc.Arbitrary<Value> {
  if (type === "string") return fc.constantFrom(...texts);
  if (type === "integer" || type === "number") return fc.nat(5);
  if (type === "boolean") return fc.boolean();
  if ("list" in type) return fc.array(valueOf(type.list), { maxLength: 3 });
  if ("set" in type) return fc.array(valueOf(type.set), { maxLength: 3 });
  if ("map" in type) return fc.dictionary(fc.constantFrom("x", "y", "z/1"), valueOf(type.map));
  return inputsOf(type.object);
}

function withoutConflicts(table: Properties): (values: Record<string, Value | undefined>) => Values {
  return (values) => {
    const given = Object.entries(values).filter((entry): entry is [string, Value] => entry[1] !== undefined);
    const names = new Set(given.map(([name]) => name));
    const isRefused = (name: string): boolean =>
      table[name]?.conflictsWith?.some((other) => names.has(other)) === true;
    return Object.fromEntries(given.filter(([name]) => !isRefused(name)));
  };
}

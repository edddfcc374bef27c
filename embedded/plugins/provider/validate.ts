/** Checks of one value, for the `validate` column of a property table. Each says what is wrong, or nothing. */
import type { Value } from "./value.ts";

type Check = (value: Value) => string | undefined;

export function atLeast(minimum: number): Check {
  return (value) =>
    typeof value === "number" && value < minimum ? `'${value}' cannot be lower than ${minimum}` : undefined;
}

export function between(minimum: number, maximum: number): Check {
  return (value) =>
    typeof value === "number" && (value < minimum || value > maximum)
      ? `'${value}' is not between ${minimum} and ${maximum}`
      : undefined;
}

export function oneOf(...allowed: readonly string[]): Check {
  return (value) =>
    typeof value === "string" && !allowed.includes(value)
      ? `'${value}' is not one of ${allowed.map((each) => `'${each}'`).join(", ")}`
      : undefined;
}

export function matches(pattern: RegExp): Check {
  return (value) =>
    typeof value === "string" && !pattern.test(value)
      ? `'${value}' doesn't match the pattern '${pattern.source}'`
      : undefined;
}

/** For values that a parser reads: its error is what is wrong. */
export function parses(parse: (text: string) => unknown): Check {
  return (value) => {
    if (typeof value !== "string") return undefined;
    try {
      parse(value);
      return undefined;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  };
}

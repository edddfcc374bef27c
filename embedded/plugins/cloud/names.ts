import type { Value } from "../provider/value.ts";

/** How a cloud lets something be named. */
export interface NameRule {
  readonly pattern: RegExp;
  /** The rule in words: `1 to 100 letters, digits, - and _, a letter or digit first`. */
  readonly allowed: string;
}

/** For the `validate` column of a property table. */
export function named({ pattern, allowed }: NameRule): (value: Value) => string | undefined {
  return (value) =>
    typeof value !== "string" || pattern.test(value)
      ? undefined
      : `'${value}' is not a name that is allowed: ${allowed}`;
}

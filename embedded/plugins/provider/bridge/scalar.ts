import type { PropertyType } from "../property.ts";
import type { Value } from "../value.ts";

export type Scalar = Extract<PropertyType, string>;
type Conversion = { readonly value: Value } | { readonly problem: string };

/** What Go's `strconv.ParseBool` accepts. */
const booleans: Readonly<Record<string, boolean>> = {
  ...Object.fromEntries(["1", "t", "T", "true", "TRUE", "True"].map((text) => [text, true])),
  ...Object.fromEntries(["0", "f", "F", "false", "FALSE", "False"].map((text) => [text, false])),
};

const conversions: Readonly<Record<Scalar, (value: Value) => Value | undefined>> = {
  string: (value) =>
    typeof value === "string" || typeof value === "number" || typeof value === "boolean"
      ? String(value)
      : undefined,
  integer: (value) => {
    if (typeof value === "number") return Math.trunc(value);
    return typeof value === "string" && /^[+-]?\d+$/.test(value) ? Number(value) : undefined;
  },
  number: (value) => {
    if (typeof value === "number") return value;
    return typeof value === "string" && value !== "" && Number.isFinite(Number(value))
      ? Number(value)
      : undefined;
  },
  boolean: (value) => {
    if (typeof value === "boolean") return value;
    return typeof value === "string" ? booleans[value] : undefined;
  },
};

/**
 * Takes a value for the type it is declared with where it can be read so: `"8080"` for 8080, `true` for `"true"`. The problem
 * does not show the value, which may be a secret.
 */
export function convertScalar(type: Scalar, value: Value): Conversion {
  const converted = conversions[type](value);
  return converted === undefined
    ? { problem: `expected a value of type ${type}, got one of type ${typeof value}` }
    : { value: converted };
}

/**
 * What each kind of random resource takes and answers.
 * Source of the facts: the schema of the official plugin 4.21.1, which takes them from its Terraform provider 3.9.
 */
import type { Properties, Property } from "../provider/property.ts";
import { atLeast } from "../provider/validate.ts";
import { isValues, type Value } from "../provider/value.ts";

const id = { type: "string", output: true } as const satisfies Property;

/** Any change of these makes a new value. No keepers and an empty map of them are the same. */
const keepers = {
  type: { map: "string" },
  replaces: true,
  suppress: (stored: Value | undefined, wanted: Value | undefined): boolean =>
    isEmpty(stored) && isEmpty(wanted),
} as const satisfies Property;

function isEmpty(value: Value | undefined): boolean {
  return value === undefined || value === null || (isValues(value) && Object.keys(value).length === 0);
}

const textProperties = {
  id,
  keepers,
  length: { type: "integer", required: true, replaces: true, validate: atLeast(1) },
  lower: { type: "boolean", default: true, replaces: true },
  minLower: { type: "integer", default: 0, replaces: true },
  minNumeric: { type: "integer", default: 0, replaces: true },
  minSpecial: { type: "integer", default: 0, replaces: true },
  minUpper: { type: "integer", default: 0, replaces: true },
  number: { type: "boolean", follows: "numeric", default: true, replaces: true },
  numeric: { type: "boolean", follows: "number", default: true, replaces: true },
  overrideSpecial: {
    type: "string",
    replaces: true,
    suppress: (stored: Value | undefined, wanted: Value | undefined): boolean =>
      stored === "" && (wanted === undefined || wanted === null),
  },
  special: { type: "boolean", default: true, replaces: true },
  upper: { type: "boolean", default: true, replaces: true },
} as const satisfies Properties;

export const stringProperties = {
  ...textProperties,
  result: { type: "string", output: true },
} as const satisfies Properties;

export const passwordProperties = {
  ...textProperties,
  result: { type: "string", output: true, secret: true },
  bcryptHash: { type: "string", output: true, secret: true },
} as const satisfies Properties;

export const bytesProperties = {
  keepers,
  length: { type: "integer", required: true, replaces: true, validate: atLeast(1) },
  base64: { type: "string", output: true, secret: true },
  hex: { type: "string", output: true, secret: true },
} as const satisfies Properties;

export const idProperties = {
  id,
  keepers,
  byteLength: { type: "integer", required: true, replaces: true, validate: atLeast(0) },
  prefix: { type: "string", replaces: true },
  b64Std: { type: "string", output: true },
  b64Url: { type: "string", output: true },
  dec: { type: "string", output: true },
  hex: { type: "string", output: true },
} as const satisfies Properties;

export const uuidProperties = {
  id,
  keepers,
  result: { type: "string", output: true },
} as const satisfies Properties;

export const integerProperties = {
  id,
  keepers,
  max: { type: "integer", required: true, replaces: true },
  min: { type: "integer", required: true, replaces: true },
  seed: { type: "string", replaces: true },
  result: { type: "integer", output: true },
} as const satisfies Properties;

export const shuffleProperties = {
  id,
  keepers,
  inputs: { type: { list: "string" }, required: true, replaces: true },
  resultCount: { type: "integer", replaces: true, validate: atLeast(0) },
  seed: { type: "string", replaces: true },
  results: { type: { list: "string" }, output: true },
} as const satisfies Properties;

export const petProperties = {
  id,
  keepers,
  length: { type: "integer", default: 2, replaces: true, validate: atLeast(1) },
  prefix: { type: "string", replaces: true },
  separator: { type: "string", default: "-", replaces: true },
} as const satisfies Properties;

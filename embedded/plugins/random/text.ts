import { hash } from "bcryptjs";
import { bridged } from "../provider/bridge/bridged.ts";
import type { InputsOf } from "../provider/property.ts";
import type { Value, Values } from "../provider/value.ts";
import { shuffled, unpredictable } from "./generator.ts";
import { passwordProperties, stringProperties } from "./properties.ts";

type TextInputs = InputsOf<typeof stringProperties>;

export const randomString = bridged({
  properties: stringProperties,
  bridge: "framework",
  schemaVersion: 2,
  validate: refuse,
  async create({ inputs }) {
    const result = generate(inputs);
    return { id: result, outputs: { ...inputs, result } };
  },
  async read({ id, outputs }) {
    return { id, outputs: outputs ?? imported(id) };
  },
});

export const randomPassword = bridged({
  properties: passwordProperties,
  bridge: "framework",
  schemaVersion: 3,
  validate: refuse,
  async create({ inputs }) {
    const result = generate(inputs);
    return { id: "none", outputs: { ...inputs, result, bcryptHash: await bcrypt(result) } };
  },
  /** To import a password is to name it: its id is the password itself. */
  async read({ id, outputs }) {
    return { id: "none", outputs: outputs ?? { ...imported(id), bcryptHash: await bcrypt(id) } };
  },
});

/** A text of the wanted length, with at least the wanted number of each kind of characters, in random order. */
function generate(inputs: TextInputs): string {
  const kinds = kindsOf(inputs);
  const all = kinds.flatMap(({ allowed, characters }) => (allowed ? Array.from(characters) : []));
  if (all.length === 0) throw new Error("the character set specified is empty");
  const wanted = kinds.flatMap(({ characters, minimum }) => pick(Array.from(characters), minimum));
  const rest = pick(all, inputs.length - wanted.length);
  return shuffled([...wanted, ...rest], unpredictable).join("");
}

function kindsOf(
  inputs: TextInputs,
): readonly { readonly characters: string; readonly allowed: boolean; readonly minimum: number }[] {
  const special = inputs.overrideSpecial ? inputs.overrideSpecial : "!@#$%&*()-_=+[]{}<>:?";
  return [
    { characters: "ABCDEFGHIJKLMNOPQRSTUVWXYZ", allowed: inputs.upper, minimum: inputs.minUpper },
    { characters: "abcdefghijklmnopqrstuvwxyz", allowed: inputs.lower, minimum: inputs.minLower },
    { characters: "0123456789", allowed: inputs.numeric, minimum: inputs.minNumeric },
    { characters: special, allowed: inputs.special, minimum: inputs.minSpecial },
  ];
}

function pick(characters: readonly string[], count: number): readonly string[] {
  return Array.from({ length: count }, () => characters[unpredictable.below(characters.length)] ?? "");
}

/** Rules that go across properties. What is not known yet cannot break one. */
function refuse(inputs: Values): string | undefined {
  const { number, numeric, length } = inputs;
  if (typeof number === "boolean" && typeof numeric === "boolean" && number !== numeric)
    return "number and numeric are both configured with different values: number is deprecated, use numeric instead";
  const minimums = ["minUpper", "minLower", "minNumeric", "minSpecial"].map((name) => numberOf(inputs[name]));
  const sum = minimums.reduce((one, other) => one + other, 0);
  if (typeof length === "number" && length < sum)
    return `length is ${length}, but must be at least ${sum}, the sum of minUpper, minLower, minNumeric and minSpecial`;
  const allowed = ["upper", "lower", "numeric", "special"].map((name) => inputs[name]);
  if (allowed.every((each) => each === false))
    return "at least one of upper, lower, numeric and special must be true";
  return undefined;
}

function numberOf(value: Value | undefined): number {
  return typeof value === "number" ? value : 0;
}

function imported(text: string) {
  const usual = { lower: true, upper: true, number: true, numeric: true, special: true };
  const minimums = { minLower: 0, minUpper: 0, minNumeric: 0, minSpecial: 0 };
  return { ...usual, ...minimums, length: Buffer.byteLength(text), result: text };
}

const bcryptCost = 10;

/** In the form `$2a$10$…` that the official plugin writes. bcrypt takes no more than the first 72 bytes into account. */
async function bcrypt(text: string): Promise<string> {
  return (await hash(text, bcryptCost)).replace(/^\$2b\$/, "$2a$");
}

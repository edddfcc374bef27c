import { bridged } from "../provider/bridge/bridged.ts";
import { seeded, shuffled, unpredictable, type Generator } from "./generator.ts";
import { integerProperties, shuffleProperties } from "./properties.ts";

export const randomInteger = bridged({
  properties: integerProperties,
  bridge: "framework",
  validate: ({ min, max }) =>
    typeof min === "number" && typeof max === "number" && max < min
      ? `min is ${min}, but must be at most max, which is ${max}`
      : undefined,
  async create({ inputs }) {
    const result = inputs.min + source(inputs.seed).below(inputs.max - inputs.min + 1);
    return { id: String(result), outputs: { ...inputs, result } };
  },
  async read({ id, outputs }) {
    if (outputs) return { id, outputs };
    const parts = /^(-?\d+),(-?\d+),(-?\d+)(?:,(.+))?$/.exec(id);
    if (!parts)
      throw new Error(
        `'${id}' cannot be imported: write {result},{min},{max} or {result},{min},{max},{seed}`,
      );
    const [result, min, max] = parts.slice(1, 4).map(Number);
    const seed = parts[4];
    return {
      id: String(result),
      outputs: { result: result ?? 0, min: min ?? 0, max: max ?? 0, ...(seed ? { seed } : {}) },
    };
  },
});

export const randomShuffle = bridged({
  properties: shuffleProperties,
  bridge: "framework",
  async create({ inputs }) {
    const count = inputs.inputs.length === 0 ? 0 : (inputs.resultCount ?? inputs.inputs.length);
    const generator = source(inputs.seed);
    const results: string[] = [];
    while (results.length < count) results.push(...shuffled(inputs.inputs, generator));
    return { id: "-", outputs: { ...inputs, results: results.slice(0, count) } };
  },
});

function source(seed: string | undefined): Generator {
  return seed ? seeded(seed) : unpredictable;
}

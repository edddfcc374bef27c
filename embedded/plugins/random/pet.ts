import { adjectives, adverbs, nouns } from "human-id";
import { bridged } from "../provider/bridge/bridged.ts";
import { unpredictable } from "./generator.ts";
import { petProperties } from "./properties.ts";

/** A noun; before it an adjective; before that as many adverbs as it takes. */
export const randomPet = bridged({
  properties: petProperties,
  bridge: "framework",
  async create({ inputs }) {
    const words = Array.from({ length: inputs.length }, (_, index) => {
      const fromEnd = inputs.length - 1 - index;
      return pick(fromEnd === 0 ? nouns : fromEnd === 1 ? adjectives : adverbs);
    });
    const id = [...(inputs.prefix ? [inputs.prefix] : []), ...words].join(inputs.separator);
    return { id, outputs: inputs };
  },
});

function pick(words: readonly string[]): string {
  return words[unpredictable.below(words.length)]?.toLowerCase() ?? "";
}

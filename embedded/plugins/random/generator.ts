import { createCipheriv, createHash, randomBytes } from "node:crypto";

/** A source of whole numbers, each from 0 up to but not including the limit and equally likely. */
export interface Generator {
  below(limit: number): number;
}

/** Numbers from the operating system's cryptographic source. */
export const unpredictable: Generator = generator(() => randomBytes(8));

/**
 * The same seed gives the same numbers on every machine and in every version of this plugin. They are not those of the official
 * plugin, which promises none either.
 */
export function seeded(seed: string): Generator {
  const key = createHash("sha256").update(seed).digest();
  const stream = createCipheriv("aes-256-ctr", key, Buffer.alloc(16));
  return generator(() => stream.update(Buffer.alloc(8)));
}

/** A shuffled copy: every order is equally likely. */
export function shuffled<Element>(elements: readonly Element[], source: Generator): readonly Element[] {
  const result: Element[] = [];
  for (const element of elements) result.splice(source.below(result.length + 1), 0, element);
  return result;
}

/** Numbers beyond the last multiple of the limit are drawn again, so that none is more likely than another. */
function generator(eightBytes: () => Buffer): Generator {
  return {
    below(limit) {
      const whole = 2n ** 64n - (2n ** 64n % BigInt(limit));
      let drawn: bigint;
      do drawn = eightBytes().readBigUInt64LE();
      while (drawn >= whole);
      return Number(drawn % BigInt(limit));
    },
  };
}

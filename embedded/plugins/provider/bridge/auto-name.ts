import { createHash, randomInt } from "node:crypto";
import { chacha8 } from "@noble/ciphers/chacha.js";
import type { CheckRequest } from "../questions.ts";
import { nameOfUrn } from "../urn.ts";

const digits = "0123456789abcdef";

/** What providers that are bridged from Terraform add. */
const bridgedSuffixLength = 7;
const longestName = 255;

/**
 * The name of a resource that the program gives none: what the stack's settings propose, else the resource's own name and some
 * random hex digits. The same seed gives the same digits, and the same as the official plugins' for that seed.
 * @throws if names may not be made up, or this one gets longer than Docker and others allow
 */
export function autoName(
  { urn, randomSeed, autonaming }: Pick<CheckRequest, "urn" | "randomSeed" | "autonaming">,
  suffixLength: number = bridgedSuffixLength,
): string {
  if (autonaming?.mode === "disable")
    throw new Error("automatic naming is disabled but no explicit name was provided");
  const name = autonaming?.proposedName ?? `${nameOfUrn(urn)}-${randomSuffix(randomSeed, suffixLength)}`;
  if (name.length > longestName)
    throw new Error(`name '${name}' is longer than ${longestName} characters: give the resource a name`);
  return name;
}

/** Hex digits that a seed decides, as the official plugins draw them from it; without a seed they differ each time. */
export function randomSuffix(seed: Uint8Array, length: number): string {
  return seed.length === 0 ? randomDigits(length) : seededDigits(seed, length);
}

/** Digits that differ each time. */
export function randomDigits(count: number): string {
  return Array.from({ length: count }, () => digits.charAt(randomInt(digits.length))).join("");
}

/**
 * Draws from ChaCha8Rand (c2sp.org/chacha8rand), which the official plugins use, keyed with the seed's SHA-256: four ChaCha8
 * blocks side by side, read column by column as 64-bit numbers, of which a digit takes the four lowest bits.
 */
function seededDigits(seed: Uint8Array, count: number): string {
  const key = createHash("sha256").update(seed).digest();
  const stream = new DataView(chacha8(key, new Uint8Array(12), new Uint8Array(4 * 64)).buffer);
  return Array.from({ length: count }, (_, draw) => {
    const word = Math.floor(draw / 2);
    const block = (draw % 2) * 2;
    const added = word === counterWord ? block : (constants[word] ?? 0);
    const low = stream.getUint32(block * 64 + word * 4, true) - added;
    return digits.charAt(low & (digits.length - 1));
  }).join("");
}

/** "expand 32-byte k": ChaCha adds its initial state to each block, ChaCha8Rand leaves these first words and the counter as they were. */
const constants: readonly number[] = [0x61707865, 0x3320646e, 0x79622d32, 0x6b206574];
const counterWord = 12;

/** Ids that look as the cloud's own do, and are the same for the same resource each time. */
import { createHash } from "node:crypto";
import type { Values } from "../provider/value.ts";

/** What ids of a resource are made from; another attempt gives others. */
export function seedOf(urn: string, inputs: Values, attempt: number): string {
  return digest(JSON.stringify([urn, inputs, attempt]));
}

/** Hexadecimal digits, up to 64. */
export function hexDigits(seed: string, count: number): string {
  return digest(seed).slice(0, count);
}

/** Decimal digits, of which the first is no 0; up to 64. */
export function decimalDigits(seed: string, count: number): string {
  const [first = 0, ...rest] = createHash("sha512").update(seed).digest();
  return [(first % 9) + 1, ...rest.map((byte) => byte % 10)].slice(0, count).join("");
}

/** Characters of an alphabet, up to 32. */
export function characters(seed: string, count: number, alphabet: string): string {
  const bytes = createHash("sha256").update(seed).digest();
  return Array.from({ length: count }, (_, place) => alphabet.charAt(bytes[place]! % alphabet.length)).join(
    "",
  );
}

/** A UUID of version 8, whose bits are the maker's own: RFC 9562, 5.8. */
export function uuid(seed: string): string {
  const digits = digest(seed);
  const variant = "89ab".charAt(Number.parseInt(digits.charAt(16), 16) % 4);
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `8${digits.slice(13, 16)}`,
    `${variant}${digits.slice(17, 20)}`,
    digits.slice(20, 32),
  ].join("-");
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

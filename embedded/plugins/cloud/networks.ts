/** Ranges of IPv4 addresses in CIDR notation, as clouds judge them: RFC 4632. */
import { isIPv4 } from "node:net";
import type { Value } from "../provider/value.ts";

/** A range of addresses: its first one, and how many there are. */
export interface Range {
  readonly first: number;
  readonly size: number;
  /** Bits of the network's part, 0 to 32. */
  readonly prefix: number;
}

/** @throws Error if the text is no range, or its address is not the first of it */
export function parseRange(text: string): Range {
  const [address = "", bits = "", ...rest] = text.split("/");
  const prefix = Number(bits);
  if (!isIPv4(address) || !/^\d{1,2}$/.test(bits) || prefix > 32 || rest.length > 0)
    throw new Error(`'${text}' is not a range of IPv4 addresses in CIDR notation, as 10.0.0.0/16 is`);
  const size = 2 ** (32 - prefix);
  const number = address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
  const first = number - (number % size);
  if (first !== number)
    throw new Error(`'${text}' is not the beginning of its range: write ${addressOf(first)}/${prefix}`);
  return { first, size, prefix };
}

/** For the `validate` column of a property table: what is wrong with a range, or how large it is. */
export function rangeOf(largest = 0, smallest = 32): (value: Value) => string | undefined {
  return (value) => {
    if (typeof value !== "string") return undefined;
    try {
      const { prefix } = parseRange(value);
      if (prefix >= largest && prefix <= smallest) return undefined;
      return `'${value}' is of the size /${prefix}, but must be between /${largest} and /${smallest}`;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  };
}

export function contains(outer: Range, inner: Range): boolean {
  return inner.first >= outer.first && inner.first + inner.size <= outer.first + outer.size;
}

export function overlap(one: Range, other: Range): boolean {
  return one.first < other.first + other.size && other.first < one.first + one.size;
}

/** The address at a place in a range, the first being at 0. */
export function addressIn(range: Range, place: number): string {
  return addressOf(range.first + place);
}

function addressOf(number: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join(".");
}

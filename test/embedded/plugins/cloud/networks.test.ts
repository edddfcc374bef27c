import * as fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import {
  addressIn,
  contains,
  overlap,
  parseRange,
  rangeOf,
} from "../../../../embedded/plugins/cloud/networks.ts";

/** Any range that begins where its size lets it begin. */
const range = fc
  .tuple(fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.integer({ min: 0, max: 32 }))
  .map(([number, prefix]) => {
    const size = 2 ** (32 - prefix);
    return `${addressIn({ first: number - (number % size), size, prefix }, 0)}/${prefix}`;
  });

describe("ranges of addresses", () => {
  it("begin with the address that they are written with", () => {
    fc.assert(
      fc.property(range, (text) => {
        const parsed = parseRange(text);
        expect(`${addressIn(parsed, 0)}/${parsed.prefix}`).toBe(text);
      }),
    );
  });

  it("overlap just where one contains the other", () => {
    fc.assert(
      fc.property(range, range, (one, other) => {
        const [first, second] = [parseRange(one), parseRange(other)];
        expect(overlap(first, second)).toBe(contains(first, second) || contains(second, first));
      }),
    );
  });
});

test.each([
  ["10.0.0.0", /^'10.0.0.0' is not a range of IPv4 addresses in CIDR notation, as 10.0.0.0\/16 is$/],
  ["10.0.0/16", /is not a range/],
  ["10.0.0.0/33", /is not a range/],
  ["10.0.0.1/16", /^'10.0.0.1\/16' is not the beginning of its range: write 10.0.0.0\/16$/],
  ["10.0.0.0/8", /^'10.0.0.0\/8' is of the size \/8, but must be between \/16 and \/28$/],
])("the range %s is refused where one of /16 to /28 is asked for", (text, problem) => {
  expect(rangeOf(16, 28)(text)).toMatch(problem);
});

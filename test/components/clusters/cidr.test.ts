import { assert, integer, property } from "fast-check";
import { describe, expect, it } from "vitest";
import { isPrivate, networkOf, overlap, partOf } from "../../../components/clusters/cidr.ts";

describe("networks in CIDR notation", () => {
  it("are read, and refused where they are none or have bits beyond their prefix", () => {
    expect(networkOf("10.0.0.0/16")).toEqual({ first: 0x0a000000, bits: 16 });
    expect(networkOf("255.255.255.255/32")).toEqual({ first: 0xffffffff, bits: 32 });
    for (const text of ["10.0.0.0", "10.0.0.0/33", "10.0.0.1/16", "10.0.0.0/8/8", "10.0.0/8", "fd00::/8", ""])
      expect(networkOf(text), text).toBeUndefined();
  });

  it("fall into parts that lie within them, side by side, and apart from each other", () => {
    assert(
      property(
        integer({ min: 0, max: 2 ** 16 - 1 }),
        integer({ min: 16, max: 24 }),
        integer({ min: 1, max: 4 }),
        (high, bits, more) => {
          const first = Math.floor((high * 65536) / 2 ** (32 - bits)) * 2 ** (32 - bits);
          const whole = { first, bits };
          const parts = Array.from({ length: 2 ** more }, (_, index) =>
            networkOf(partOf(whole, more, index))!,
          );
          expect(parts[0]!.first).toBe(first);
          expect(parts.every((part) => overlap(part, whole))).toBe(true);
          for (const [index, part] of parts.slice(1).entries()) {
            expect(part.first).toBe(parts[index]!.first + 2 ** (32 - bits - more));
            expect(overlap(part, parts[index]!)).toBe(false);
          }
        },
      ),
    );
  });

  it("are private where nobody on the internet has their addresses", () => {
    const judged = (text: string) => isPrivate(networkOf(text)!);
    for (const text of ["10.20.0.0/16", "172.31.0.0/16", "192.168.1.0/24", "100.64.0.0/10", "0.0.0.0/0"])
      expect(judged(text), text).toBe(true);
    for (const text of ["203.0.113.0/24", "172.32.0.0/16", "11.0.0.0/8"])
      expect(judged(text), text).toBe(false);
  });
});

import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Subnets } from "../../../../components/targets/docker/subnets.ts";

const names = fc.uniqueArray(fc.stringMatching(/^[a-z-]{1,12}$/), { maxLength: 40 });

describe("subnets", () => {
  it("never overlap and stay within the pool", () => {
    fc.assert(
      fc.property(names, (all) => {
        const subnets = new Subnets("10.200.0.0/16");
        const given = all.map((name) => subnets.of(name));
        expect(new Set(given).size).toBe(all.length);
        for (const subnet of given) expect(subnet).toMatch(/^10\.200\.\d+\.(0|64|128|192)\/26$/);
      }),
    );
  });

  it("stay the same when another network comes later", () => {
    fc.assert(
      fc.property(names, fc.string({ minLength: 13 }), (all, another) => {
        const before = new Subnets("10.128.0.0/9");
        const after = new Subnets("10.128.0.0/9");
        const given = all.map((name) => before.of(name));
        const again = all.map((name) => after.of(name));
        after.of(another);
        expect(again).toEqual(given);
      }),
    );
  });

  it("end with the pool", () => {
    const subnets = new Subnets("10.0.0.0/25");
    subnets.of("one");
    subnets.of("two");
    expect(() => subnets.of("three")).toThrow('no subnet is left for "three"; use a larger pool');
  });

  it.each(["10.0.0.0", "10.0.0.0/27", "10.0.0.0/4", "300.0.0.0/9", "fd00::/8"])(
    "refuse %s as a pool",
    (pool) => {
      expect(() => new Subnets(pool)).toThrow(`"${pool}" is not a pool of subnets`);
    },
  );
});

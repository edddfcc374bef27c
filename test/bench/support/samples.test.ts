import { describe, expect, it } from "vitest";
import { interleaved, median, over } from "../../../bench/support/samples.ts";

describe("samples", () => {
  it("are taken in turn, and those of the first round don't count", async () => {
    const order: string[] = [];
    const trial = (name: string) => () => Promise.resolve(`${name}${order.push(name)}`);
    const rounds = await interleaved({ a: trial("a"), b: trial("b") }, 2);
    expect(order).toEqual(["a", "b", "a", "b", "a", "b"]);
    expect(rounds).toEqual([
      { a: "a3", b: "b4" },
      { a: "a5", b: "b6" },
    ]);
  });

  it("have the middle value as their median, whatever their order", () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([4, 1, 2, 9])).toBe(3);
    expect(() => median([])).toThrow("no values have no median");
  });

  it("are compared within their round, since a machine may be slower in the next", () => {
    const rounds = [
      { a: 2, b: 1 },
      { a: 40, b: 20 },
      { a: 4, b: 2 },
    ];
    expect(over(rounds, ({ a, b }) => a / b)).toBe(2);
  });
});

import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { longestPath, type Task } from "../../../bench/support/longest-path.ts";

const task = (name: string, seconds: number, ...after: string[]): Task => ({ name, seconds, after });

describe("the longest path", () => {
  it("follows the chain that takes longest, not the one with most steps", () => {
    const tasks = [
      task("a", 1),
      task("b", 1, "a"),
      task("c", 1, "b"),
      task("slow", 5),
      task("end", 1, "c", "slow"),
    ];
    expect(longestPath(tasks)).toEqual({ seconds: 6, names: ["slow", "end"] });
  });

  it("takes what is not among the tasks as done", () => {
    expect(longestPath([task("a", 2, "done before")])).toEqual({ seconds: 2, names: ["a"] });
  });

  it("is no shorter than any task and no longer than all of them together", () => {
    const tasks = fc
      .array(fc.tuple(fc.integer({ min: 0, max: 60 }), fc.array(fc.nat({ max: 30 }), { maxLength: 4 })), {
        minLength: 1,
        maxLength: 30,
      })
      // A task waits only for earlier ones.
      .map((all) =>
        all.map(([time, before], i) => task(`${i}`, time, ...before.filter((b) => b < i).map(String))),
      );
    fc.assert(
      fc.property(tasks, (all) => {
        const { seconds } = longestPath(all);
        expect(seconds).toBeGreaterThanOrEqual(Math.max(...all.map((each) => each.seconds)));
        expect(seconds).toBeLessThanOrEqual(all.reduce((sum, each) => sum + each.seconds, 0));
      }),
    );
  });
});

import { expect, test } from "vitest";
import { cpusOutput, mebibytes } from "../../../../../embedded/plugins/docker/container/resources.ts";

test.each([
  [1e9, "1.0"],
  [0.5e9, "0.5"],
  [1.25e9, "1.25"],
  [10e9, "10.0"],
])("%d billionths of a CPU are kept as %s", (nano, text) => {
  expect(cpusOutput(nano)).toBe(text);
});

test("memory is kept in MiB, and no limit as it is", () => {
  expect([mebibytes(64 * 1024 * 1024), mebibytes(0), mebibytes(-1)]).toEqual([64, 0, -1]);
});

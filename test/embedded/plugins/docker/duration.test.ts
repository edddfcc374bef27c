import { expect, test } from "vitest";
import { assert, integer, property } from "fast-check";
import { formatDuration, parseDuration } from "../../../../embedded/plugins/docker/duration.ts";

test.each([
  ["1m30s", 90e9],
  ["1.5h", 5400e9],
  ["250ms", 250e6],
  ["60s", 60e9],
  ["0", 0],
  ["0s", 0],
])("the duration %s is %d nanoseconds", (text, nanoseconds) => {
  expect(parseDuration(text)).toBe(nanoseconds);
});

test.each(["", "60", "1m 30s", "s", "-1s", "1d"])("%j is refused as a duration", (text) => {
  expect(() => parseDuration(text)).toThrow(/is not a duration/);
});

test.each([
  [60e9, "1m0s"],
  [3600e9, "1h0m0s"],
  [1500e6, "1.5s"],
  [250e6, "250ms"],
  [0, "0s"],
])("%d nanoseconds are written as Go writes them: %s", (nanoseconds, text) => {
  expect(formatDuration(nanoseconds)).toBe(text);
});

test("a duration that is written can be read back", () => {
  assert(
    property(integer({ min: 0, max: 1e9 }), (milliseconds) => {
      expect(parseDuration(formatDuration(milliseconds * 1e6))).toBe(milliseconds * 1e6);
    }),
  );
});

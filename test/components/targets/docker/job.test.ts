import { describe, expect, it } from "vitest";
import { nextAttempt } from "../../../../components/targets/docker/job.ts";

/** A log as its last line and as a whole. */
const log =
  (...lines: string[]) =>
  async (tail: string) =>
    tail === "1" ? (lines.at(-1) ?? "") : lines.join("\n");

describe("a job", () => {
  it.each([
    ["begins with its first attempt", log(), "1"],
    [
      "is not repeated after it ended well",
      log("keelson: attempt 3 begins", "keelson: attempt 3 exit 0"),
      "3",
    ],
    ["[G13] is repeated after it failed", log("keelson: attempt 3 begins", "keelson: attempt 3 exit 1"), "4"],
    [
      "[G13] is repeated after it was killed with its shell",
      log("keelson: attempt 2 begins", "working"),
      "3",
    ],
  ])("%s", async (_, lines, attempt) => expect(await nextAttempt(lines)).toBe(attempt));
});

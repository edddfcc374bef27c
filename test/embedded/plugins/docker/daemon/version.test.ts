import { expect, test } from "vitest";
import { atLeast } from "../../../../../embedded/plugins/docker/daemon/version.ts";

test("versions of the Engine API are compared by number, not by letter", () => {
  expect(atLeast("1.41", "1.44")).toBe(false);
  expect(atLeast("1.44", "1.44")).toBe(true);
  expect(atLeast("1.9", "1.44")).toBe(false);
  expect(atLeast("2.0", "1.44")).toBe(true);
});

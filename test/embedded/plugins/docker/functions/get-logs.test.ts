import { expect, test } from "vitest";
import { unixTime } from "../../../../../embedded/plugins/docker/functions/get-logs.ts";

test("a time may be seconds since 1970, a date, or how long ago it was", () => {
  const now = Date.parse("2026-01-01T00:10:00Z");
  expect(unixTime("1700000000", now)).toBe("1700000000");
  expect(unixTime("2026-01-01T00:00:00Z", now)).toBe(String(Date.parse("2026-01-01T00:00:00Z") / 1000));
  expect(unixTime("10m", now)).toBe(String(Date.parse("2026-01-01T00:00:00Z") / 1000));
});

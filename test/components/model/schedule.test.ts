import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { beatOf, cronOf, type Schedule, type TimeOfDay } from "../../../components/model/schedule.ts";

const WEEKDAYS = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"] as const;
const at = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map(([hour, minute]) => `${hour}:${String(minute).padStart(2, "0")}` as TimeOfDay);
const schedule: fc.Arbitrary<Schedule> = fc.oneof(
  fc.record({ every: fc.constant("hour" as const), minute: fc.integer({ min: 0, max: 59 }) }),
  fc.record({ every: fc.constant("day" as const), at }),
  fc.record({ every: fc.constant("week" as const), on: fc.constantFrom(...WEEKDAYS), at }),
);

describe("a schedule", () => {
  it("is due by its arithmetic at the times that its cron expression names", () => {
    fc.assert(
      fc.property(
        schedule,
        fc.date({ min: new Date(0), max: new Date("2100-01-01"), noInvalidDate: true }),
        (when, now) => {
          const { periodSeconds, offsetSeconds } = beatOf(when);
          const seconds = Math.floor(now.getTime() / 1000);
          const due = new Date(
            (seconds + periodSeconds - ((seconds - offsetSeconds) % periodSeconds)) * 1000,
          );
          const shown = [due.getUTCMinutes(), due.getUTCHours(), "*", "*", due.getUTCDay()].map(String);
          const fields = cronOf(when).split(" ");
          expect(shown.map((field, index) => (fields[index] === "*" ? "*" : field))).toEqual(fields);
          expect(due.getUTCSeconds()).toBe(0);
        },
      ),
    );
  });

  it.each(["24:00", "12:60", "-1:00", "1.5:00"] as const)("refuses %s, which no clock shows", (time) => {
    expect(() => beatOf({ every: "day", at: time })).toThrow("is not on the clock");
  });
});

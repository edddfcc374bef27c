/** Times at which something is done, in UTC. */
export type Schedule =
  | { readonly every: "hour"; readonly minute: number }
  | { readonly every: "day"; readonly at: TimeOfDay }
  | { readonly every: "week"; readonly on: Weekday; readonly at: TimeOfDay };

/** `HH:MM`, from `00:00` to `23:59`. */
export type TimeOfDay = `${number}:${number}`;

const WEEKDAYS = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"] as const;

/** A day of the week. */
export type Weekday = (typeof WEEKDAYS)[number];

/** A schedule as arithmetic: it is due whenever `(time − offsetSeconds) mod periodSeconds` is 0, in Unix time. */
export interface Beat {
  readonly periodSeconds: number;
  readonly offsetSeconds: number;
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** The first day of Unix time. */
const EPOCH_WEEKDAY: Weekday = "thursday";

const beats: {
  readonly [Every in Schedule["every"]]: (schedule: Extract<Schedule, { every: Every }>) => Beat;
} = {
  hour: ({ minute }) => ({ periodSeconds: HOUR, offsetSeconds: within(minute, 59, "minute") * MINUTE }),
  day: ({ at }) => ({ periodSeconds: DAY, offsetSeconds: secondsOf(at) }),
  week: ({ on, at }) => {
    const days = (WEEKDAYS.indexOf(on) - WEEKDAYS.indexOf(EPOCH_WEEKDAY) + 7) % 7;
    return { periodSeconds: 7 * DAY, offsetSeconds: days * DAY + secondsOf(at) };
  },
};

const crons: {
  readonly [Every in Schedule["every"]]: (schedule: Extract<Schedule, { every: Every }>) => string;
} = {
  hour: ({ minute }) => `${within(minute, 59, "minute")} * * * *`,
  day: ({ at }) => `${clock(at)} * * *`,
  week: ({ on, at }) => `${clock(at)} * * ${WEEKDAYS.indexOf(on)}`,
};

/**
 * When a schedule is due, as arithmetic.
 *
 * @throws RangeError for a time that no clock shows
 */
export function beatOf(schedule: Schedule): Beat {
  return (beats[schedule.every] as (schedule: Schedule) => Beat)(schedule);
}

/**
 * When a schedule is due, as a cron expression.
 *
 * @throws RangeError for a time that no clock shows
 */
export function cronOf(schedule: Schedule): string {
  return (crons[schedule.every] as (schedule: Schedule) => string)(schedule);
}

function clock(at: TimeOfDay): string {
  const seconds = secondsOf(at);
  return `${(seconds / MINUTE) % 60} ${Math.floor(seconds / HOUR)}`;
}

function secondsOf(at: TimeOfDay): number {
  const [hour, minute] = at.split(":").map(Number) as [number, number];
  return within(hour, 23, "hour") * HOUR + within(minute, 59, "minute") * MINUTE;
}

function within(value: number, highest: number, unit: string): number {
  if (Number.isInteger(value) && value >= 0 && value <= highest) return value;
  throw new RangeError(`${unit} ${value} is not on the clock; use a whole number from 0 to ${highest}`);
}

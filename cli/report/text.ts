import type { Schedule } from "../../components/model/schedule.ts";
import type { PortFacts } from "../topology/topology.ts";

/** A number for people: two decimals at most, and none that say nothing. */
export function numberText(value: number): string {
  return String(Number(value.toFixed(2)));
}

/** A port with what is spoken there. */
export function portText({ name, number, protocol }: PortFacts): string {
  return name === protocol ? `${number} ${name}` : `${number} ${name}, ${protocol}`;
}

/** A count with its noun, as `1 service`, `2 services`. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`;
}

const schedules: {
  readonly [Every in Schedule["every"]]: (schedule: Extract<Schedule, { every: Every }>) => string;
} = {
  hour: ({ minute }) => `every hour at minute ${minute}`,
  day: ({ at }) => `every day at ${at} UTC`,
  week: ({ on, at }) => `every ${on} at ${at} UTC`,
};

/** When something is done. */
export function scheduleText(schedule: Schedule): string {
  return (schedules[schedule.every] as (schedule: Schedule) => string)(schedule);
}

import { setTimeout as delay } from "node:timers/promises";

/** How patiently something is looked at until it is well. */
export interface Patience {
  readonly tries: number;
  /** Time between two tries. */
  readonly pauseMilliseconds: number;
}

/** For what has just come up: longer than the time between two health checks, and than the pauses of a client whose server was away. */
export const USUAL_PATIENCE: Patience = { tries: 30, pauseMilliseconds: 1000 };

/** Looks at something until it is well, or the tries are used up. */
export async function untilWell<Seen>(
  { tries, pauseMilliseconds }: Patience,
  look: () => Promise<Seen>,
  isWell: (seen: Seen) => boolean,
): Promise<Seen> {
  for (let left = tries; ; left--) {
    // One look after the other is the purpose.
    // oxlint-disable-next-line no-await-in-loop
    const seen = await look();
    if (isWell(seen) || left <= 1) return seen;
    // oxlint-disable-next-line no-await-in-loop
    await delay(pauseMilliseconds);
  }
}

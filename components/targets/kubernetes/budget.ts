import type { CustomTimeouts } from "@pulumi/pulumi";

/** Share of a Deployment's copies that a rolling update makes anew at once: two rounds, whatever their number. */
export const SURGE = 0.5;

interface Start {
  /** Time in which a pod must have become ready, in seconds. */
  readonly startupSeconds: number;
  /** Time that fetching its image may take, in seconds. */
  readonly pullSeconds: number;
}

/** Time that one pod has until it counts as failed, in seconds. */
export function startBudget({ startupSeconds, pullSeconds }: Start): number {
  return startupSeconds + pullSeconds;
}

interface Rounds {
  /** How often an update makes some of the copies anew and waits for them; at first all start together. */
  readonly count: number;
  /** Time that a round takes before its pods start, in seconds. */
  readonly pause: number;
  /** Time that a pod has to end, in seconds. */
  readonly stopSeconds: number;
}

/** How long an update waits for a workload until it counts as failed. */
export function timeouts(start: Start, { count, pause, stopSeconds }: Rounds): CustomTimeouts {
  const once = startBudget(start);
  return {
    create: `${once}s`,
    update: `${count * (pause + once)}s`,
    delete: `${count * stopSeconds + 60}s`,
  };
}

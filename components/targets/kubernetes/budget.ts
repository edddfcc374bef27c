import type { CustomTimeouts } from "@pulumi/pulumi";

/** Share of the copies that a rolling update replaces at once. */
export const SURGE = 0.25;

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

/** How long an update waits for a workload: at first all copies start together, later one round follows another. */
export function timeouts(start: Start, rounds: number, stopSeconds: number): CustomTimeouts {
  const once = startBudget(start);
  return {
    create: `${once}s`,
    update: `${rounds * (once + stopSeconds)}s`,
    delete: `${rounds * stopSeconds + 60}s`,
  };
}

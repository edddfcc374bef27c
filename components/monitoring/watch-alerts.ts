import type { Alerts, Watched } from "../model/monitoring.ts";

/** Alerts that name what is watched, since what does not answer says nothing of itself. */
export function watchAlerts(watch: readonly Watched[]): Alerts {
  const limited = watch.flatMap(({ name, memoryLimitMiB }) =>
    memoryLimitMiB === undefined ? [] : [{ name, bytes: memoryLimitMiB * 1024 * 1024 }],
  );
  return {
    Down: {
      // A copy that ended has no address any more, and so no series either; then only its absence tells.
      expr: ["up == 0", ...watch.map(({ name }) => `absent(up{job="${name}"})`)].join(" or "),
      forSeconds: 60,
      severity: "critical",
      summary: "{{ $labels.job }} publishes no metrics: it is down or can't be reached",
    },
    ...(limited.length > 0 && {
      MemoryNearLimit: {
        expr: limited
          .map(({ name, bytes }) => `process_resident_memory_bytes{job="${name}"} / ${bytes} > 0.9`)
          .join(" or "),
        forSeconds: 300,
        severity: "warning",
        summary:
          "{{ $labels.job }} uses {{ $value | humanizePercentage }} of the memory at which it is killed",
      },
    }),
  };
}

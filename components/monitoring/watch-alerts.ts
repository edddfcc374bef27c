import type { Alerts, Watched } from "../model/monitoring.ts";
import { type Labels, seriesOf } from "./series.ts";

/**
 * Alerts that name what is watched, since what does not answer says nothing of itself.
 *
 * @param among - labels that all of its series have, on a server that reads others as well
 */
export function watchAlerts(
  watch: readonly Pick<Watched, "name" | "memoryLimitMiB">[],
  among: Labels = {},
): Alerts {
  const limited = watch.flatMap(({ name, memoryLimitMiB }) =>
    memoryLimitMiB === undefined ? [] : [{ name, bytes: memoryLimitMiB * 1024 * 1024 }],
  );
  const of = (metric: string, job: string) => seriesOf(metric, { ...among, job });
  return {
    Down: {
      // A copy that ended has no address any more, and so no series either; then only its absence tells.
      expr: [`${seriesOf("up", among)} == 0`, ...watch.map(({ name }) => `absent(${of("up", name)})`)].join(
        " or ",
      ),
      forSeconds: 60,
      severity: "critical",
      summary: "{{ $labels.job }} publishes no metrics: it is down or can't be reached",
    },
    ...(limited.length > 0 && {
      MemoryNearLimit: {
        expr: limited
          .map(({ name, bytes }) => `${of("process_resident_memory_bytes", name)} / ${bytes} > 0.9`)
          .join(" or "),
        forSeconds: 300,
        severity: "warning",
        summary:
          "{{ $labels.job }} uses {{ $value | humanizePercentage }} of the memory at which it is killed",
      },
    }),
  };
}

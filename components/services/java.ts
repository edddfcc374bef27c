import type { Resources } from "../model/workload.ts";

/** Options for a heap that has its full size from the start: a share of the memory that the container may use. */
export function heapOptions({ memoryLimitMiB }: Resources, share: number): readonly string[] {
  const size = `${Math.floor(memoryLimitMiB * share)}m`;
  return [`-Xms${size}`, `-Xmx${size}`];
}

/** Options for a collector of garbage that uses as many threads as the container may use cores, whatever the machine has. */
export function collectorOptions({ cpuLimit }: Resources): readonly string[] {
  const threads = Math.max(1, Math.ceil(cpuLimit));
  return [
    "-XX:+UseG1GC",
    "-XX:MaxGCPauseMillis=200",
    `-XX:ParallelGCThreads=${threads}`,
    `-XX:ConcGCThreads=${threads}`,
    "-XX:InitiatingHeapOccupancyPercent=70",
    // Without a heap, it only looks alive.
    "-XX:+ExitOnOutOfMemoryError",
  ];
}

import type { Watchable } from "./monitoring.ts";
import { type Endpoint, Reference } from "./reference.ts";
import type { Workload } from "./workload.ts";

/**
 * A workload as something to watch; nothing for one that publishes no metrics.
 *
 * @param copies - where the host name has an address record of each copy
 */
export function watchable(name: string, workload: Workload, copies: Endpoint): readonly Watchable[] {
  const { metrics, resources, ports = {}, alerts = {}, dashboards = [] } = workload;
  if (!metrics) return [];
  const { port, path = "/metrics", ...more } = metrics;
  const host = Reference.host(copies, port);
  const { number } = ports[port]!;
  const { memoryLimitMiB } = resources;
  return [{ name, host, port: number, path, memoryLimitMiB, alerts, dashboards, ...more }];
}

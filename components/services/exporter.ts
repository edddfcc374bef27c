import type { Resources, Workload } from "../model/workload.ts";

/** Enough for an exporter of one server: programs in Go that remember nothing. */
export const EXPORTER_RESOURCES: Resources = {
  cpuRequest: 0.02,
  cpuLimit: 0.25,
  memoryRequestMiB: 24,
  memoryLimitMiB: 96,
};

/** What exporters differ in. */
export interface Exporter extends Pick<
  Workload,
  "image" | "command" | "env" | "files" | "resources" | "user" | "alerts" | "dashboards"
> {
  /** Port of its metrics. */
  readonly port: number;
  /** Path that answers as soon as it listens, and asks the server for nothing. */
  readonly ready: string;
}

/**
 * A program that asks a server how it is, each time that Prometheus asks it. It is ready although the server is not: that the
 * server does not answer is what it has to tell.
 */
export function exporterRecipe({ port, ready, ...rest }: Exporter): Workload {
  return {
    ...rest,
    ports: { http: { number: port, protocol: "http" } },
    probes: { readiness: { check: { kind: "http", port: "http", path: ready } } },
    metrics: { port: "http" },
  };
}

import type { Topology, WorkloadFacts } from "../topology/topology.ts";
import { probesText } from "./probes.ts";
import type { Listing } from "./rows.ts";
import { portText, scheduleText } from "./text.ts";

/** What is kept running. */
export const services: Listing<Topology> = {
  kind: "service",
  name: "Service",
  columns: { image: "code", copies: "text", ports: "short", probes: "text", "starts after": "list" },
  rows: ({ workloads }) =>
    workloads.filter(isService).map((workload) => ({
      name: workload.name,
      facts: {
        image: [workload.image],
        copies: [copiesText(workload)],
        ports: workload.ports.map(portText),
        probes: probesText(workload),
        "starts after": workload.after,
      },
    })),
};

/** What runs to its end, once or at times. */
export const jobs: Listing<Topology> = {
  kind: "job",
  name: "Job",
  columns: { image: "code", runs: "text", "starts after": "list" },
  rows: ({ workloads }) =>
    workloads
      .filter((workload) => !isService(workload))
      .map(({ name, image, schedule, after }) => ({
        name,
        facts: {
          image: [image],
          runs: [schedule ? scheduleText(schedule) : "once"],
          "starts after": after,
        },
      })),
};

function isService({ kind }: WorkloadFacts): boolean {
  return kind === "service" || kind === "replicated";
}

function copiesText({ copies: { min, max }, signals, kind }: WorkloadFacts): string {
  if (kind === "replicated") return `${max}, which keep each other's data`;
  if (min === max) return `${max}`;
  return `${min} to ${max}, by ${[...new Set(signals)].join(", ")}`;
}

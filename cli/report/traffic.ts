import type { Purpose, Topology } from "../topology/topology.ts";
import type { Listing } from "./rows.ts";
import { portText } from "./text.ts";

const purposes: Readonly<Record<Purpose, string>> = {
  use: "uses it",
  metrics: "reads its metrics",
  telemetry: "sends it traces, metrics and logs",
};

/** Who may open which port of whom. */
export const references: Listing<Topology> = {
  kind: "reference",
  name: "Reference",
  columns: { port: "text", "what for": "text" },
  rows: (topology) =>
    topology.references.map(({ from, to, outside, port, purpose }) => ({
      name: `${from} → ${to}:${port.number}`,
      facts: {
        port: [portText(port)],
        "what for": [`${purposes[purpose]}${outside ? ", outside the platform" : ""}`],
      },
    })),
};

/** What is reached from outside. */
export const exposures: Listing<Topology> = {
  kind: "exposure",
  name: "Public path",
  columns: { "leads to": "text", "the service sees": "text" },
  rows: (topology) =>
    topology.exposures.map(({ host, path, to, port, stripPrefix }) => ({
      name: `${host}${path}`,
      facts: {
        "leads to": [`${to}, ${portText(port)}`],
        "the service sees": [stripPrefix && path !== "/" ? `the path without ${path}` : "the whole path"],
      },
    })),
};

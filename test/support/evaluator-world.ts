import type { DestinationPort, Labels, Pod, Rules } from "./evaluator.ts";

/** A policy as the evaluator takes it. */
export type Policy = Rules["policies"][number];

/** Labels of the namespaces of a small cluster. */
export const namespaces: Readonly<Record<string, Labels>> = { here: { team: "a" }, there: { team: "b" } };

function pod(name: string, namespace: string, labels: Labels, address: string): Pod {
  return { name, namespace, labels, address, ports: [{ name: "web", number: 80, transport: "TCP" }] };
}

/** Its pods: alike and unlike in each respect that policies look at. */
export const pods = {
  web: pod("web", "here", { app: "web", tier: "front" }, "10.0.0.1"),
  api: pod("api", "here", { app: "api" }, "10.0.0.2"),
  bare: pod("bare", "here", {}, "10.0.1.3"),
  far: pod("far", "there", { app: "web" }, "10.0.1.4"),
  farther: pod("farther", "there", { tier: "front" }, "192.168.0.5"),
};

/** Everybody who may ask or be asked: the pods, and addresses of others. */
export const parties: readonly (Pod | string)[] = [
  ...Object.values(pods),
  "10.0.0.9",
  "10.0.1.9",
  "192.168.0.9",
  "2001:db8::1",
];

/** Everything that could be asked there. */
export const flows = parties.flatMap((client) =>
  parties.flatMap((server) =>
    [80, 81, 443].flatMap((number) =>
      ["TCP", "UDP"].map((transport) => ({ client, server, port: { number, transport } })),
    ),
  ),
);

/** One of the questions. */
export interface Flow {
  readonly client: Pod | string;
  readonly server: Pod | string;
  readonly port: DestinationPort;
}

/** A policy of that cluster. */
export function policy(spec: object, namespace = "here"): Policy {
  return { metadata: { name: "policy", namespace }, spec };
}

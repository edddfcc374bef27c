import { type Port, Reference } from "../../components/model/reference.ts";
import type { Route } from "../../components/model/target.ts";
import type { Workload } from "../../components/model/workload.ts";
import type { ClusterEntry, Features } from "../../components/targets/kubernetes/cluster.ts";
import type { EntryTls } from "../../components/targets/kubernetes/entry.ts";
import { Kubernetes } from "../../components/targets/kubernetes/kubernetes.ts";
import { deploy, type Registration } from "./engine.ts";

/** What a path leads to: a service of its own, with one port more than is said. */
export interface Lead extends Omit<Route, "to"> {
  readonly service: string;
  readonly port?: Partial<Port>;
  readonly others?: Readonly<Record<string, Port>>;
  /** @defaultValue 1 */
  readonly copies?: number;
}

export interface Setting {
  /** @defaultValue {@link HOST} */
  readonly host?: string;
  /** @defaultValue {@link NAMESPACE} */
  readonly namespace?: string;
  /** What runs in place of a program that is not there. */
  readonly program?: (service: string) => Partial<Workload>;
  readonly entry?: ClusterEntry;
  readonly tls?: EntryTls;
  readonly features?: Features;
  readonly routes: Readonly<Record<string, Lead | Route>>;
}

export const HOST = "ai.example.com";
export const NAMESPACE = "edges";

/** A plain service behind an exposure. */
export function workload(port: Partial<Port> = {}, others: Readonly<Record<string, Port>> = {}): Workload {
  return {
    image: "web:1",
    command: ["serve"],
    ports: { http: { number: 8000, protocol: "http", ...port }, ...others },
    probes: { readiness: { check: { kind: "tcp", port: "http" } } },
    resources: { cpuRequest: 0.1, cpuLimit: 1, memoryRequestMiB: 64, memoryLimitMiB: 128 },
    user: { uid: 1000, gid: 1000 },
  };
}

/** What a target registers for services behind an exposure named "entry". */
export function exposed({
  host = HOST,
  namespace = NAMESPACE,
  program = () => ({}),
  entry,
  tls,
  features,
  routes,
}: Setting): Promise<Registration[]> {
  return deploy(() => {
    const target = new Kubernetes("t", {
      cluster: {
        nodes: [{ cpus: 4, memoryGiB: 16, count: 4 }],
        ...(entry && { entry }),
        ...(features && { features }),
      },
      namespace,
      ...(tls && { tls }),
    });
    const led = Object.entries(routes).map(([path, lead]): [string, Route] => {
      if ("to" in lead) return [path, lead];
      const { service, port, others, copies = 1, ...route } = lead;
      const recipe = () => ({ ...workload(port, others), ...program(service) });
      const endpoint = target.run(service, recipe, { parent: target, copies });
      return [path, { ...route, to: Reference.to(endpoint, "http") }];
    });
    target.expose("entry", { host, routes: Object.fromEntries(led) }, { parent: target });
  });
}

/** Registered objects of one kind, by their names. */
export function objects(all: readonly Registration[], kind: string): Readonly<Record<string, any>> {
  const found = all.filter(({ type }) => type.endsWith(`:${kind}`));
  return Object.fromEntries(found.map(({ inputs }) => [inputs["metadata"].name, inputs]));
}

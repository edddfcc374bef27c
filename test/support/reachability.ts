import type { V1NetworkPolicy, V1PodTemplateSpec } from "@kubernetes/client-node";
import type { Registration } from "./engine.ts";
import type { Labels, Pod, Rules } from "./evaluator.ts";

/** Networks of a Docker host that carry nothing from one container to another. */
const APART = /-(ingress|egress)$/;

/** A container of a Docker host's target, by the name of what it runs. */
export function containerOf(all: readonly Registration[], target: string, name: string): Registration {
  return only(
    all,
    (each) => each.type === "docker:index/container:Container" && each.name === `${target}-${name}`,
  );
}

/** Whether two containers of a Docker host find each other. */
export function meet(one: Registration, other: Registration): boolean {
  const networks = networksOf(one).filter((network) => !APART.test(network));
  return networks.some((network) => networksOf(other).includes(network));
}

/** Names of the networks that a container is on. */
export function networksOf({ inputs }: Registration): string[] {
  return (inputs["networksAdvanced"] ?? []).map(({ name }: { name: string }) => name);
}

const WORKLOADS = {
  "kubernetes:apps/v1:Deployment": templateOf,
  "kubernetes:apps/v1:StatefulSet": templateOf,
  "kubernetes:batch/v1:Job": templateOf,
  "kubernetes:batch/v1:CronJob": ({ spec }: Registration["inputs"]) => templateOf(spec.jobTemplate),
} as const;

/** Whatever makes pods on a Kubernetes target, by the name of what it runs. */
export function workloadOf(all: readonly Registration[], target: string, name: string): Registration {
  return only(all, (each) => each.type in WORKLOADS && each.name === `${target}-${name}`);
}

/** The pods of all that runs on a Kubernetes target: two of each, since there are as many while one replaces another. */
export function podsOf(all: readonly Registration[]): Pod[] {
  const templates = all.filter(({ type }) => type in WORKLOADS);
  return templates.flatMap(({ type, inputs }, index) => {
    const { metadata, spec } = WORKLOADS[type as keyof typeof WORKLOADS](inputs);
    return [1, 2].map((copy) => ({
      name: `${inputs["metadata"].name}-${copy}`,
      namespace: inputs["metadata"].namespace as string,
      labels: metadata!.labels as Labels,
      address: `10.244.${index}.${copy}`,
      ports: spec!.containers.flatMap(({ ports = [] }) =>
        ports.map(({ name, containerPort, protocol = "TCP" }) => ({
          name: name!,
          number: containerPort,
          transport: protocol,
        })),
      ),
    }));
  });
}

/** The network policies of a Kubernetes target, and the namespaces that there are beside its own. */
export function rulesOf(all: readonly Registration[], others: readonly string[] = []): Rules {
  const namespaces = all
    .filter(({ type }) => type === "kubernetes:core/v1:Namespace")
    .map(({ inputs }) => inputs["metadata"]);
  // The API server puts this label on every namespace.
  const labelled = (name: string, labels: Labels = {}) => [
    name,
    { ...labels, "kubernetes.io/metadata.name": name },
  ];
  return {
    namespaces: Object.fromEntries([
      ...namespaces.map(({ name, labels }) => labelled(name, labels)),
      ...others.map((name) => labelled(name)),
    ]),
    policies: all
      .filter(({ type }) => type === "kubernetes:networking.k8s.io/v1:NetworkPolicy")
      .map(({ inputs }) => inputs as Pick<V1NetworkPolicy, "metadata" | "spec">),
  };
}

/** All that a resource waits for, directly and by way of others. */
export function awaitedBy(all: readonly Registration[], { urn }: Registration): ReadonlySet<string> {
  const byUrn = new Map(all.map((each) => [each.urn, each]));
  const found = new Set<string>();
  const visit = (each: Registration | undefined): void => {
    if (!each) return;
    for (const next of [...each.dependencies, ...Object.values(each.propertyDependencies).flat()]) {
      if (found.has(next)) continue;
      found.add(next);
      visit(byUrn.get(next));
    }
  };
  visit(byUrn.get(urn));
  return found;
}

function templateOf({ spec }: Registration["inputs"]): V1PodTemplateSpec {
  return spec.template;
}

function only(all: readonly Registration[], wanted: (each: Registration) => boolean): Registration {
  const found = all.filter(wanted);
  if (found.length === 1) return found[0]!;
  throw new Error(`one registration was expected, there are ${found.length}`);
}

import type * as pulumi from "@pulumi/pulumi";
import type { AddOn, Cluster } from "./cluster.ts";

/** What everything on one Kubernetes target shares. */
export interface Scope {
  /** Name of the target: begins the names of its Pulumi resources, and marks its objects. */
  readonly prefix: string;
  readonly namespace: pulumi.Output<string>;
  /** The cluster, with those of its nodes that are there. */
  readonly cluster: Cluster;
  /** Resource options with the cluster's provider, and the target as parent unless another is given. */
  readonly options: (options?: pulumi.CustomResourceOptions) => pulumi.CustomResourceOptions;
}

/** Has the cluster install what it lacks, if that is somebody's business, and gives what has to wait for it. */
export function installed(
  { cluster }: Pick<Scope, "cluster">,
  ...addOns: readonly AddOn[]
): pulumi.Resource[] {
  const { install } = cluster;
  return install ? addOns.map((addOn) => install(addOn)) : [];
}

/** Labels by which a pod is found; they never change, since selectors can't. */
export function selector(scope: Pick<Scope, "prefix">, service: string) {
  return { "app.kubernetes.io/name": service, "app.kubernetes.io/instance": scope.prefix };
}

/**
 * Labels of every object: those that Kubernetes recommends,
 * https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/
 */
export function labels(scope: Pick<Scope, "prefix">, service: string) {
  return { ...selector(scope, service), "app.kubernetes.io/managed-by": "keelson" };
}

/** Metadata of an object that belongs to a service. */
export function metadata(
  scope: Pick<Scope, "prefix" | "namespace">,
  service: string,
  {
    name = service,
    annotations,
  }: { name?: string; annotations?: Readonly<Record<string, pulumi.Input<string>>> } = {},
) {
  return {
    name,
    namespace: scope.namespace,
    labels: labels(scope, service),
    ...(annotations && { annotations }),
  };
}

/** Says that a resource is not to be waited for. A Service would cost ten seconds, and wait for what itself waits. */
export const NOT_AWAITED = { "pulumi.com/skipAwait": "true" };

import type { ResourceValidationArgs } from "@pulumi/policy";

/** What a view reads of a resource. */
export type Resource = Pick<ResourceValidationArgs, "type" | "name" | "props" | "opts">;

/** Every type of resource that the rules can read. */
export type ResourceType =
  | "docker:index/container:Container"
  | "docker:index/network:Network"
  | "docker:index/volume:Volume"
  | "kubernetes:apps/v1:DaemonSet"
  | "kubernetes:apps/v1:Deployment"
  | "kubernetes:apps/v1:StatefulSet"
  | "kubernetes:batch/v1:CronJob"
  | "kubernetes:batch/v1:Job"
  | "kubernetes:core/v1:ConfigMap"
  | "kubernetes:core/v1:Namespace"
  | "kubernetes:core/v1:PersistentVolumeClaim"
  | "kubernetes:core/v1:Pod"
  | "kubernetes:core/v1:Secret"
  | "kubernetes:core/v1:Service"
  | "kubernetes:gateway.networking.k8s.io/v1:HTTPRoute"
  | "kubernetes:keda.sh/v1alpha1:ScaledObject"
  | "kubernetes:networking.k8s.io/v1:Ingress"
  | "kubernetes:networking.k8s.io/v1:NetworkPolicy"
  | "kubernetes:postgresql.cnpg.io/v1:Cluster";

/** Where each type of resource keeps what the view is about. A new type has its line in every view, `none` in most. */
export type View<T> = Readonly<Record<ResourceType, (resource: Resource) => readonly T[]>>;

/** What a resource of an unknown type, or one that keeps nothing of the kind, shows. */
export const none = (): readonly never[] => [];

/** What `view` sees in a resource. */
export function see<T>(view: View<T>, resource: Resource): readonly T[] {
  return isReadable(view, resource.type) ? view[resource.type](resource) : [];
}

function isReadable(view: View<unknown>, type: string): type is ResourceType {
  return Object.hasOwn(view, type);
}

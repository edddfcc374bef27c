import { podTemplates } from "./pod.ts";
import { at, list, text, texts, type Told, UNKNOWN } from "./read.ts";
import { none, type Resource, see, type View } from "./view.ts";

/** What a resource has to do with whether a shared network is closed to all that nothing opens. */
export interface Closure {
  /** The namespace, by its name; `default` where none is stated. */
  readonly network: Told<string>;
  /** Whether the resource closes it, or is something that runs on it. */
  readonly role: "closes" | "runs";
}

const runs = (resource: Resource): readonly Closure[] =>
  podTemplates(resource).length > 0 ? [{ network: namespaceOf(resource), role: "runs" }] : [];

// On a Docker host each network is one service's own, and closed by itself.
const view: View<Closure> = {
  "docker:index/container:Container": none,
  "docker:index/network:Network": none,
  "docker:index/volume:Volume": none,
  "kubernetes:apps/v1:DaemonSet": runs,
  "kubernetes:apps/v1:Deployment": runs,
  "kubernetes:apps/v1:StatefulSet": runs,
  "kubernetes:batch/v1:CronJob": runs,
  "kubernetes:batch/v1:Job": runs,
  "kubernetes:core/v1:ConfigMap": none,
  "kubernetes:core/v1:Namespace": none,
  "kubernetes:core/v1:PersistentVolumeClaim": none,
  "kubernetes:core/v1:Pod": runs,
  "kubernetes:core/v1:Secret": none,
  "kubernetes:core/v1:Service": none,
  "kubernetes:gateway.networking.k8s.io/v1:HTTPRoute": none,
  "kubernetes:keda.sh/v1alpha1:ScaledObject": none,
  "kubernetes:networking.k8s.io/v1:Ingress": none,
  "kubernetes:networking.k8s.io/v1:NetworkPolicy": closes,
  "kubernetes:postgresql.cnpg.io/v1:Cluster": (resource) => [
    { network: namespaceOf(resource), role: "runs" },
  ],
};

/** What a resource has to do with closing networks. */
export function closures(resource: Resource): readonly Closure[] {
  return see(view, resource);
}

/** A policy closes a namespace both ways if it selects all pods; what other policies open stays open. */
function closes(resource: Resource): readonly Closure[] {
  const spec = at(resource.props, "spec");
  const selector = at(spec, "podSelector");
  const selectsAll =
    list(at(selector, "matchExpressions")).length === 0 && isEmpty(at(selector, "matchLabels"));
  const ways = texts(at(spec, "policyTypes"));
  const both = ways.includes(UNKNOWN) || ["Ingress", "Egress"].every((way) => ways.includes(way));
  return selectsAll && both ? [{ network: namespaceOf(resource), role: "closes" }] : [];
}

function isEmpty(value: unknown): boolean {
  return value === undefined || (typeof value === "object" && Object.keys(value ?? {}).length === 0);
}

/** An object of a cluster that is yet to be made tells nothing of itself, not even the metadata that every object has. */
function namespaceOf({ props }: Resource): Told<string> {
  if (at(props, "metadata") === undefined) return UNKNOWN;
  return text(at(props, "metadata", "namespace")) ?? "default";
}

import { annotations, stated } from "./labels.ts";
import { at, text, type Told } from "./read.ts";
import { none, type Resource, see, type View } from "./view.ts";

/** A part of a target that is shared by containers, and that can keep bad ones out. */
export interface Compound {
  /** What it is, with its name. */
  readonly title: string;
  /** The Pod Security Standard that containers must meet to get in: `restricted`, `baseline`, `privileged`; `undefined` where any may. */
  readonly standard: Told<string> | undefined;
  /** Why it lets in others, by its annotation `keelson.pod-security`. */
  readonly reason: Told<string> | undefined;
}

const view: View<Compound> = {
  "docker:index/container:Container": none,
  "docker:index/network:Network": none,
  "docker:index/volume:Volume": none,
  "kubernetes:apps/v1:DaemonSet": none,
  "kubernetes:apps/v1:Deployment": none,
  "kubernetes:apps/v1:StatefulSet": none,
  "kubernetes:batch/v1:CronJob": none,
  "kubernetes:batch/v1:Job": none,
  "kubernetes:core/v1:ConfigMap": none,
  "kubernetes:core/v1:Namespace": namespace,
  "kubernetes:core/v1:PersistentVolumeClaim": none,
  "kubernetes:core/v1:Pod": none,
  "kubernetes:core/v1:Secret": none,
  "kubernetes:core/v1:Service": none,
  "kubernetes:gateway.networking.k8s.io/v1:HTTPRoute": none,
  "kubernetes:keda.sh/v1alpha1:ScaledObject": none,
  "kubernetes:networking.k8s.io/v1:Ingress": none,
  "kubernetes:networking.k8s.io/v1:NetworkPolicy": none,
  "kubernetes:postgresql.cnpg.io/v1:Cluster": none,
};

/** The compounds that a resource declares. */
export function compounds(resource: Resource): readonly Compound[] {
  return see(view, resource);
}

function namespace({ name, props }: Resource): readonly Compound[] {
  const standard = text(at(props, "metadata", "labels", "pod-security.kubernetes.io/enforce"));
  const reason = stated(annotations(props), "keelson.pod-security");
  return [{ title: `namespace "${name}"`, standard, reason }];
}

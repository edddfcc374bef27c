import { at, list, not, text, type Told, UNKNOWN } from "./read.ts";
import { none, type Resource, see, type View } from "./view.ts";

/** A pod as a workload describes it. */
export interface Pod {
  /** The object with the pod's `metadata` and `spec`. */
  readonly template: unknown;
  /** Whether its containers are meant to end. */
  readonly ends: Told<boolean>;
}

const service = ({ props }: Resource): readonly Pod[] => [
  { template: at(props, "spec", "template"), ends: false },
];
const job = ({ props }: Resource): readonly Pod[] => [
  { template: at(props, "spec", "template"), ends: true },
];

const view: View<Pod> = {
  "docker:index/container:Container": none,
  "docker:index/network:Network": none,
  "docker:index/volume:Volume": none,
  "kubernetes:apps/v1:DaemonSet": service,
  "kubernetes:apps/v1:Deployment": service,
  "kubernetes:apps/v1:StatefulSet": service,
  "kubernetes:batch/v1:CronJob": ({ props }) => [
    { template: at(props, "spec", "jobTemplate", "spec", "template"), ends: true },
  ],
  "kubernetes:batch/v1:Job": job,
  "kubernetes:core/v1:ConfigMap": none,
  "kubernetes:core/v1:Namespace": none,
  "kubernetes:core/v1:PersistentVolumeClaim": none,
  "kubernetes:core/v1:Pod": ({ props }) => [
    { template: props, ends: not(restartsAlways(at(props, "spec"), "Always")) },
  ],
  "kubernetes:core/v1:Secret": none,
  "kubernetes:core/v1:Service": none,
  "kubernetes:gateway.networking.k8s.io/v1:HTTPRoute": none,
  "kubernetes:keda.sh/v1alpha1:ScaledObject": none,
  "kubernetes:networking.k8s.io/v1:Ingress": none,
  "kubernetes:networking.k8s.io/v1:NetworkPolicy": none,
  "kubernetes:postgresql.cnpg.io/v1:Cluster": none,
};

/** The pods that a resource describes. */
export function podTemplates(resource: Resource): readonly Pod[] {
  return see(view, resource);
}

/** A container of a pod, as the manifest has it. */
export interface PodContainer {
  readonly container: unknown;
  /** Whether it is meant to end: an init container, unless it is a sidecar. */
  readonly ends: Told<boolean>;
}

/** The containers of a pod, those that prepare it first. */
export function containersOf({ template, ends }: Pod): readonly PodContainer[] {
  const spec = at(template, "spec");
  return [
    ...list(at(spec, "initContainers")).map((container): PodContainer => ({
      container,
      ends: not(restartsAlways(container, "Never")),
    })),
    ...list(at(spec, "containers")).map((container): PodContainer => ({ container, ends })),
  ];
}

function restartsAlways(owner: unknown, absent: string): Told<boolean> {
  const policy = text(at(owner, "restartPolicy")) ?? absent;
  return policy === UNKNOWN ? UNKNOWN : policy === "Always";
}

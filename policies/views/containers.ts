import type { Container, Running } from "./container.ts";
import { dockerContainer } from "./docker-container.ts";
import { podContainers } from "./pod-containers.ts";
import { podTemplates } from "./pod.ts";
import { none, type Resource, see, type View } from "./view.ts";

const pods = (resource: Resource) => podTemplates(resource).flatMap(podContainers);

const view: View<Container> = {
  "docker:index/container:Container": (resource) => [dockerContainer(resource)],
  "docker:index/network:Network": none,
  "docker:index/volume:Volume": none,
  "kubernetes:apps/v1:DaemonSet": pods,
  "kubernetes:apps/v1:Deployment": pods,
  "kubernetes:apps/v1:StatefulSet": pods,
  "kubernetes:batch/v1:CronJob": pods,
  "kubernetes:batch/v1:Job": pods,
  "kubernetes:core/v1:ConfigMap": none,
  "kubernetes:core/v1:Namespace": none,
  "kubernetes:core/v1:PersistentVolumeClaim": none,
  "kubernetes:core/v1:Pod": pods,
  "kubernetes:core/v1:Secret": none,
  "kubernetes:core/v1:Service": none,
  "kubernetes:gateway.networking.k8s.io/v1:HTTPRoute": none,
  "kubernetes:keda.sh/v1alpha1:ScaledObject": none,
  "kubernetes:networking.k8s.io/v1:Ingress": none,
  "kubernetes:networking.k8s.io/v1:NetworkPolicy": none,
  "kubernetes:postgresql.cnpg.io/v1:Cluster": none,
};

/** The containers that a resource declares; none, for most resources. */
export function containers(resource: Resource): readonly Container[] {
  return see(view, resource);
}

/** Whether a container is known to be started at some time. */
export function runs(container: Container): container is Running {
  return container.life === "service" || container.life === "job";
}

/** The containers of a resource that are known to be started at some time. */
export function runningContainers(resource: Resource): readonly Running[] {
  return containers(resource).filter(runs);
}

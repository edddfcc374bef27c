import { none, type Resource } from "./view.ts";

/** Every type of a cloud's resources that the rules can read. */
export type CloudType =
  | "aws:ec2/launchTemplate:LaunchTemplate"
  | "aws:eks/cluster:Cluster"
  | "azure-native:containerservice:AgentPool"
  | "azure-native:containerservice:ManagedCluster"
  | "gcp:container/cluster:Cluster"
  | "gcp:container/nodePool:NodePool";

/** Where each type keeps what the view is about. A new type has its line in every view. */
export type CloudView<T> = Readonly<Record<CloudType, (resource: Resource) => readonly T[]>>;

/** What `view` sees in a resource; nothing in one of another type. */
export function seeCloud<T>(view: CloudView<T>, resource: Resource): readonly T[] {
  return isReadable(view, resource.type) ? view[resource.type](resource) : none();
}

function isReadable(view: CloudView<unknown>, type: string): type is CloudType {
  return Object.hasOwn(view, type);
}

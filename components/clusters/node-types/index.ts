export { AKS_TYPES, aksAllocatable } from "./aks.ts";
export { EKS_TYPES, eksAllocatable } from "./eks.ts";
export { GKE_TYPES, gkeAllocatable } from "./gke.ts";
export type { Allocatable, NodeType } from "./node-type.ts";

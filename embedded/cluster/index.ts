export {
  type ClusterNodes,
  type ClusterStep,
  loadImages,
  startCluster,
  startSteps,
  stopCluster,
  withCluster,
} from "./cluster.ts";
export type { SimulatedNodes } from "./control-plane/simulated-nodes.ts";
export { clusterStatus, type ClusterStatus, type NodeStatus } from "./status.ts";
export type { ClusterOptions } from "./options.ts";

import * as k8s from "@pulumi/kubernetes";
import type { NodePool } from "./cluster.ts";
import { metadata, type Scope } from "./scope.ts";

/**
 * What may be asked for, as a multiple of what all nodes have: while everything is replaced at once, each pod is there
 * twice. Which of them find room is the scheduler's business, and a pod that waits for room starts sooner than one that was
 * refused; the quota stops what multiplies without end.
 */
const REPLACED_AT_ONCE = 2;

/** Pods of one node, at most, on the large clouds: https://learn.microsoft.com/azure/aks/quotas-skus-regions */
const PODS_OF_NODE = 250;

/** Bounds what the namespace may take of the cluster, and gives containers that state no resources some. */
export function makeQuota(scope: Scope, nodes: readonly NodePool[]): void {
  const own = { metadata: metadata(scope, scope.prefix) };
  new k8s.core.v1.ResourceQuota(
    `${scope.prefix}-quota`,
    { ...own, spec: { hard: quota(nodes) } },
    scope.options(),
  );
  new k8s.core.v1.LimitRange(`${scope.prefix}-limits`, { ...own, spec: LIMITS }, scope.options());
}

/** What may be asked for in the namespace. Nothing gets an address of its own outside: the entry leads to all. */
export function quota(nodes: readonly NodePool[]): Readonly<Record<string, string>> {
  const sum = (of: (pool: NodePool) => number) =>
    REPLACED_AT_ONCE * nodes.reduce((total, pool) => total + pool.count * of(pool), 0);
  const gpus = sum(({ gpus: each = 0 }) => each);
  return {
    "requests.cpu": `${Math.round(sum(({ cpus }) => cpus) * 1000)}m`,
    "requests.memory": `${Math.round(sum(({ memoryGiB }) => memoryGiB) * 1024)}Mi`,
    ...(gpus > 0 && { "requests.nvidia.com/gpu": `${gpus}` }),
    pods: `${sum(() => PODS_OF_NODE)}`,
    "services.loadbalancers": "0",
    "services.nodeports": "0",
  };
}

/** For containers that others bring along: a quota refuses those that ask for nothing. */
export const LIMITS: k8s.types.input.core.v1.LimitRangeSpec = {
  limits: [
    {
      type: "Container",
      defaultRequest: { cpu: "50m", memory: "64Mi" },
      default: { cpu: "1", memory: "512Mi" },
    },
  ],
};

import type * as k8s from "@pulumi/kubernetes";
import type { Workload } from "../../model/workload.ts";
import type { NodePool } from "./cluster.ts";
import { type Scope, selector } from "./scope.ts";
import { sharingAffinity } from "./shared-volumes.ts";

/** Which nodes the pods of a service may come to, and how they keep apart from each other where they can. */
export function nodesFor(
  service: string,
  scope: Pick<Scope, "prefix" | "cluster">,
  workload: Pick<Workload, "shared"> = {},
): Partial<k8s.types.input.core.v1.PodSpec> {
  const { nodes } = scope.cluster;
  const labelSelector = { matchLabels: selector(scope, service) };
  const tolerations = nodes.flatMap(({ taints = {} }) =>
    Object.entries(taints).map(([key, value]) => ({ key, operator: "Equal", value })),
  );
  const elsewhere = {
    weight: 100,
    podAffinityTerm: { topologyKey: "kubernetes.io/hostname", labelSelector },
  };
  return {
    ...(tolerations.length > 0 && { tolerations }),
    affinity: {
      ...labelledNodes(nodes),
      ...sharingAffinity(workload, scope),
      podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [elsewhere] },
    },
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: "topology.kubernetes.io/zone",
        whenUnsatisfiable: "ScheduleAnyway",
        labelSelector,
      },
    ],
  };
}

/** Keeps pods on the nodes of the pools, if all of them can be told by their labels. */
function labelledNodes(nodes: readonly NodePool[]): Partial<k8s.types.input.core.v1.Affinity> {
  const marks = nodes.flatMap(({ labels }) => (labels ? [labels] : []));
  if (marks.length < nodes.length) return {};
  const nodeSelectorTerms = marks.map((labels) => ({
    matchExpressions: Object.entries(labels).map(([key, value]) => ({
      key,
      operator: "In",
      values: [value],
    })),
  }));
  return { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } } };
}

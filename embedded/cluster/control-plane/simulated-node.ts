/** Nodes that kwok plays: what those of `cluster up` and those of imagined clouds have in common. */

/** Tells the nodes that kwok plays. */
export const simulation = { label: "kwok.x-k8s.io/node", value: "simulated" } as const;

/** Tells the nodes that belong to a cluster of an imagined cloud, by its name: they come and go with it. */
export const cloudLabel = "keelson.cloud";

/** What pods may have of a node, all together. */
export interface NodeResources {
  readonly cpus: number;
  readonly memoryGiB: number;
  readonly pods: number;
  readonly gpus?: number;
}

export interface Taint {
  readonly key: string;
  readonly value: string;
  readonly effect: "NoSchedule" | "PreferNoSchedule" | "NoExecute";
}

export interface SimulatedNode {
  readonly name: string;
  readonly region: string;
  readonly zone: string;
  readonly resources: NodeResources;
  readonly labels?: Readonly<Record<string, string>>;
  readonly taints: readonly Taint[];
}

/** The node as the API server gets it. */
export function nodeObject({ name, region, zone, resources, labels = {}, taints }: SimulatedNode) {
  const quantities = quantitiesOf(resources);
  return {
    apiVersion: "v1",
    kind: "Node",
    metadata: {
      name,
      labels: {
        [simulation.label]: simulation.value,
        "kubernetes.io/arch": "amd64",
        "kubernetes.io/hostname": name,
        "kubernetes.io/os": "linux",
        "topology.kubernetes.io/region": region,
        "topology.kubernetes.io/zone": zone,
        ...labels,
      },
    },
    spec: { taints: taints.map(({ key, value, effect }) => ({ key, value, effect })) },
    status: { capacity: quantities, allocatable: quantities },
  };
}

/** Quantities are written as the API server writes them, so that they can be compared with its answers: no fractions. */
function quantitiesOf({ cpus, memoryGiB, pods, gpus = 0 }: NodeResources): Record<string, string> {
  return {
    cpu: Number.isInteger(cpus) ? `${cpus}` : `${Math.floor(cpus * 1000)}m`,
    memory: Number.isInteger(memoryGiB) ? `${memoryGiB}Gi` : `${Math.floor(memoryGiB * 1024)}Mi`,
    "ephemeral-storage": "100Gi",
    pods: `${pods}`,
    ...(gpus > 0 ? { "nvidia.com/gpu": `${gpus}` } : {}),
  };
}

import { createHash } from "node:crypto";
import {
  cloudLabel,
  nodeObject,
  type NodeResources,
  type Taint,
} from "../../cluster/control-plane/simulated-node.ts";
import type { KubernetesObject } from "../kubernetes/api/object.ts";

/** A pool of nodes of an imagined cluster. */
export interface ImaginedPool {
  readonly cluster: string;
  readonly pool: string;
  /** As many as the pool may have at most: nothing scales an imagined pool. */
  readonly count: number;
  /** The cloud's name of the kind of machine: `t3.xlarge`. */
  readonly machine: string;
  /** What the cloud leaves to pods on such a machine. */
  readonly allocatable: NodeResources;
  readonly region: string;
  readonly zones: readonly string[];
  /** What the pool's own labels are, and those that the cloud adds to nodes. */
  readonly labels: Readonly<Record<string, string>>;
  readonly taints?: readonly Taint[];
}

export const poolLabel = `${cloudLabel}/pool`;

/** Which nodes of the local cluster are those of a pool; of all pools of a cluster without one. */
export function selectorOf(cluster: string, pool?: string): string {
  const ofCluster = `${cloudLabel}=${labelValue(cluster)}`;
  return pool === undefined ? ofCluster : `${ofCluster},${poolLabel}=${labelValue(pool)}`;
}

/**
 * The nodes as the API server gets them. kwok plays them, and a taint makes pods that belong to no cluster of a cloud prefer
 * others.
 */
export function nodesOf(pool: ImaginedPool): readonly KubernetesObject[] {
  const { cluster, zones, region, machine, allocatable, labels, taints = [] } = pool;
  return Array.from({ length: pool.count }, (_, index) =>
    nodeObject({
      name: dnsName(`${cluster}-${pool.pool}-${index + 1}`),
      region,
      zone: zones[index % zones.length] ?? region,
      resources: allocatable,
      labels: {
        "node.kubernetes.io/instance-type": machine,
        [cloudLabel]: labelValue(cluster),
        [poolLabel]: labelValue(pool.pool),
        ...labels,
      },
      taints: [{ key: cloudLabel, value: labelValue(cluster), effect: "PreferNoSchedule" }, ...taints],
    }),
  );
}

/** Whether a node is the wanted one, as far as this plugin decides what a node is; kwok and the controllers add to it. */
export function isSameNode(found: KubernetesObject, wanted: KubernetesObject): boolean {
  const facts = (node: KubernetesObject, labels: readonly string[]) => {
    const { spec, status, metadata } = node as unknown as ReturnType<typeof nodeObject>;
    const own = (spec.taints ?? []).filter(({ key }) => !key.startsWith("node.kubernetes.io/"));
    const quantities = Object.keys(status.capacity).toSorted();
    return JSON.stringify([
      quantities.map((name) => [name, status.capacity[name]]),
      own,
      labels.map((name) => (metadata.labels as Labels)[name]),
    ]);
  };
  const names = Object.keys(wanted.metadata.labels ?? {});
  return facts(found, names) === facts(wanted, names);
}

type Labels = Readonly<Record<string, string>>;

/** Longest value of a label; nodes have their name as one. */
const LONGEST = 63;
const DIGEST = 8;

/** The rule of Kubernetes for the values of labels. */
function labelValue(name: string): string {
  return shortened(name.replaceAll(/[^A-Za-z0-9._-]/g, "-").replaceAll(/^[^A-Za-z0-9]+|[^A-Za-z0-9]+$/g, ""));
}

function dnsName(name: string): string {
  return shortened(name.toLowerCase().replaceAll(/[^a-z0-9.-]/g, "-"));
}

/** A name that is too long, with a digest in the place of its end: no two become the same. */
function shortened(name: string): string {
  if (name.length <= LONGEST) return name;
  const digest = createHash("sha256").update(name).digest("hex").slice(0, DIGEST);
  return `${name.slice(0, LONGEST - DIGEST - 1)}-${digest}`;
}

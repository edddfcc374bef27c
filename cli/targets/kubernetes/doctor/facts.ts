import type { V1DaemonSet, V1Node, V1Pod } from "@kubernetes/client-node";
import type { Client } from "../../../../embedded/plugins/kubernetes/api/client.ts";
import type { KubernetesObject } from "../../../../embedded/plugins/kubernetes/api/object.ts";
import { claimsOn } from "../claims.ts";
import type { Connection } from "../connect.ts";
import { imagesIn } from "../images.ts";
import { INSTANCE_LABEL, type OnCluster } from "../objects.ts";
import { podSpecs } from "../pod-specs.ts";
import { classFacts, type ClassFacts } from "./classes.ts";
import { listed } from "./listed.ts";
import { metricsFacts, type MetricsFacts } from "./metrics.ts";
import { type Demand, demandOf, type Node, type Size, sizeOf, total } from "./nodes.ts";
import { type Access, accessFor } from "./rights.ts";

/** What is known of a cluster. */
export interface ClusterFacts {
  readonly server: string;
  /** Of the API server, as `1.36.3`. */
  readonly version: string;
  /** What enforces NetworkPolicies, as far as it is known; nothing where it isn't, which doesn't mean that nothing does. */
  readonly policyEngine: string | undefined;
}

/** What the program of a stack wants of a cluster, and how that stands. */
export interface PlanFacts extends ClassFacts, MetricsFacts {
  readonly objects: number;
  readonly access: Access;
  readonly demands: readonly Demand[];
  readonly images: readonly string[];
  /** Nodes that take pods; absent where these credentials may not see them. */
  readonly nodes: readonly Node[] | undefined;
  /** What other pods have been promised; absent where these credentials may not see them. */
  readonly promised: Size | undefined;
  /** Its claims that are there, while the state knows nothing of them, nor of the passwords of their data. */
  readonly orphanedClaims: readonly string[];
}

type Of<Type> = KubernetesObject & Omit<Type, "metadata">;

/** Finds out what a cluster is. */
export async function clusterFacts({ client, server, version }: Connection): Promise<ClusterFacts> {
  const daemons = await listed<Of<V1DaemonSet>>(client, { apiVersion: "apps/v1", kind: "DaemonSet" });
  const nodes = await listed<Of<V1Node>>(client, { apiVersion: "v1", kind: "Node" });
  const names = new Set((daemons ?? []).map(({ metadata }) => metadata.name));
  const isK3s = (nodes ?? []).some(({ status }) => status?.nodeInfo?.kubeletVersion.includes("+k3s"));
  return {
    server,
    version,
    // k3s brings a controller of its own: https://docs.k3s.io/networking/networking-services
    policyEngine: POLICY_ENGINES.find((name) => names.has(name)) ?? (isK3s ? "k3s" : undefined),
  };
}

/** Daemons that are known to enforce NetworkPolicies, wherever they run. */
const POLICY_ENGINES = [
  "calico-node",
  "cilium",
  "anetd",
  "antrea-agent",
  "kube-router",
  "azure-npm",
  "weave-net",
];

/** Finds out what a program wants of a cluster, and how that stands. */
export async function planFacts(client: Client, wanted: OnCluster, recorded: OnCluster): Promise<PlanFacts> {
  const specs = wanted.objects.flatMap(podSpecs);
  const { namespaces, instances } = wanted;
  const known = new Set(recorded.objects.map(({ namespace, name }) => `${namespace}/${name}`));
  const present = await claimsOn(client, namespaces, instances);
  return {
    objects: wanted.objects.length,
    access: await accessFor(client, wanted),
    demands: specs.filter(({ stays }) => stays).map(demandOf),
    images: imagesIn(wanted),
    nodes: await nodesOf(client),
    promised: await promisedToOthers(client, instances),
    ...(await classFacts(client, wanted)),
    ...(await metricsFacts(client, wanted)),
    orphanedClaims: present.filter((claim) => !known.has(claim)),
  };
}

async function nodesOf(client: Client): Promise<Node[] | undefined> {
  const nodes = await listed<Of<V1Node>>(client, { apiVersion: "v1", kind: "Node" });
  return nodes
    ?.filter(({ spec }) => !spec?.unschedulable)
    .map(({ metadata, spec, status }) => ({
      name: metadata.name ?? "",
      ...sizeOf(status?.allocatable ?? {}),
      taints: (spec?.taints ?? [])
        .filter(({ effect }) => effect !== "PreferNoSchedule")
        .map(({ key, value = "", effect }) => ({ key, value, effect })),
    }));
}

async function promisedToOthers(client: Client, instances: readonly string[]): Promise<Size | undefined> {
  const pods = await listed<Of<V1Pod>>(client, { apiVersion: "v1", kind: "Pod" });
  const others = pods?.filter(
    ({ metadata, status }) =>
      !instances.includes(metadata.labels?.[INSTANCE_LABEL] ?? "") &&
      ["Pending", "Running"].includes(status?.phase ?? ""),
  );
  const requests = others?.flatMap(({ spec }) => spec?.containers ?? []);
  return requests && total(requests.map(({ resources }) => sizeOf(resources?.requests ?? {})));
}

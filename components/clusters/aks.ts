import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { TRAEFIK, type Cluster, type NodePool } from "../targets/kubernetes/cluster.ts";
import { AddOns } from "./add-ons/index.ts";
import { kubeconfigOf } from "./aks/access.ts";
import type { AksArgs } from "./aks/aks-args.ts";
import type { AksCluster } from "./aks/aks-cluster.ts";
import { makeBackups } from "./aks/backups.ts";
import { makeBudget } from "./aks/budget.ts";
import { isCluster, refuseMistakes } from "./aks/checks.ts";
import { aksContext, type AksContext } from "./aks/context.ts";
import { useCluster } from "./aks/existing-cluster.ts";
import { makeDevicePlugin } from "./aks/gpu.ts";
import { makeCluster } from "./aks/made-cluster.ts";
import { makePool, MAX_PODS, TAINTS } from "./aks/node-pools.ts";
import { POOLS } from "./aks/pools.ts";
import { lock, type Lasting } from "./aks/protection.ts";
import { makeRegistry } from "./aks/registry.ts";
import { makeZone } from "./aks/zone.ts";
import type { BackupsBucket, CloudCluster } from "./cloud-cluster.ts";
import { aksAllocatable } from "./node-types/index.ts";
import { poolLabels, poolsOf, type Pool, type PoolName, type Pools } from "./pools.ts";

export type { AksArgs, ExistingCluster, ExistingNetwork, Login, Weekday } from "./aks/aks-args.ts";

/**
 * A cluster of Azure Kubernetes Service, ready for platforms.
 *
 * @example
 * ```ts
 * const aks = new Aks("platform", { region: "eastus2", access: ["203.0.113.0/24"] });
 * const target = new Kubernetes("semantik", { cluster: aks.cluster });
 * ```
 * @throws InputPropertiesError with every mistake of the arguments, before anything is made
 */
export class Aks extends pulumi.ComponentResource implements CloudCluster {
  readonly cluster: Cluster;
  readonly kubeconfig: pulumi.Output<string>;
  readonly backups: BackupsBucket;
  readonly nameServers: pulumi.Output<readonly string[]>;
  readonly registry: pulumi.Output<string> | undefined;

  constructor(name: string, args: AksArgs, opts?: pulumi.ComponentResourceOptions) {
    super("keelson:clusters:Aks", name, {}, opts);
    const pools = poolsOf(POOLS, args.pools);
    refuseMistakes(name, args, pools, this);
    const context = aksContext(name, args, this);
    const cluster = clusterOf(context, args, pools);
    const { bucket, account } = makeBackups(context, cluster, args.backups);
    this.backups = bucket;
    this.registry = args.registry ? makeRegistry(context, cluster.kubelet) : undefined;
    this.nameServers = args.zone ? makeZone(context, args.zone) : pulumi.output([]);
    if (args.budget) makeBudget(context, args.budget, cluster.nodeResourceGroup);
    if (args.deletionProtection ?? true) lockAll(context, { ...cluster.lasting, backups: account });
    this.kubeconfig = kubeconfigOf(cluster, args.login ?? "azurecli", {
      ...context.options,
      dependsOn: [cluster.general],
    });
    const provider = new k8s.Provider(`${name}-inside`, { kubeconfig: this.kubeconfig }, { parent: this });
    if (pools.gpu) makeDevicePlugin(name, { parent: this, provider });
    this.cluster = {
      kubeconfig: this.kubeconfig,
      storageClass: "managed-csi",
      nodes: nodePools(context, cluster, pools),
      entry: TRAEFIK,
      features: { certManager: true, cloudNativePg: true, keda: { namespace: "keda" } },
      install: addOns(name, args, provider, this).install,
    };
    this.registerOutputs({ kubeconfig: this.kubeconfig, nameServers: this.nameServers });
  }
}

function clusterOf(context: AksContext, args: AksArgs, pools: Pools): AksCluster {
  const { existing } = args;
  return isCluster(existing)
    ? useCluster(context, args, pools, existing)
    : makeCluster(context, args, pools, existing);
}

function lockAll(context: AksContext, subjects: Readonly<Record<string, Lasting>>): void {
  for (const [subject, lasting] of Object.entries(subjects)) lock(context, subject, lasting);
}

/** The pools as the target knows them; that of memory is made if something needs it. */
function nodePools(context: AksContext, cluster: AksCluster, { general, memory, gpu }: Pools): NodePool[] {
  const make = (name: PoolName, pool: Pool) => makePool(context, cluster, name, pool);
  if (gpu) make("gpu", gpu);
  return [
    nodePool(context, "general", general),
    ...(memory ? [{ ...nodePool(context, "memory", memory), make: () => make("memory", memory) }] : []),
    ...(gpu ? [nodePool(context, "gpu", gpu)] : []),
  ];
}

function nodePool({ name }: AksContext, pool: PoolName, { type, max }: Pool): NodePool {
  return {
    ...aksAllocatable(type, MAX_PODS),
    count: max,
    labels: poolLabels(name, pool),
    taints: TAINTS[pool],
  };
}

/**
 * Azure brings the metrics of pods and nodes. Requests keep the address of their client, and come by the nodes that Traefik is
 * on: https://learn.microsoft.com/azure/aks/configure-load-balancer-standard#maintain-the-clients-ip-on-inbound-connections
 */
function addOns(
  name: string,
  { certificates }: AksArgs,
  provider: k8s.Provider,
  parent: pulumi.Resource,
): AddOns {
  return new AddOns(
    name,
    {
      provider,
      present: ["metrics"],
      entryService: { spec: { externalTrafficPolicy: "Local" } },
      ...(certificates && { certificates }),
    },
    { parent },
  );
}

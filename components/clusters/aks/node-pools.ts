import * as containerservice from "@pulumi/azure-native/containerservice/index.js";
import type * as pulumi from "@pulumi/pulumi";
import { poolLabels, type Pool, type PoolName } from "../pools.ts";
import type { AksContext } from "./context.ts";

/** What all pools of a cluster share. */
export interface NodeSettings {
  readonly subnet: pulumi.Input<string | undefined>;
  /**
   * Version of Kubernetes.
   *
   * @defaultValue the control plane's
   */
  readonly version?: string;
  readonly zones: readonly string[];
  readonly hostEncryption: boolean;
}

/** What keeps pods away that bear nothing of the kind: the cluster's own, and those of others. */
export const TAINTS: Readonly<Record<PoolName, Readonly<Record<string, string>>>> = {
  general: {},
  memory: {},
  gpu: { "nvidia.com/gpu": "true" },
};

/** Settings of nodes that depend on what the nodes are for. */
const PURPOSES: Readonly<Record<PoolName, { readonly gpuProfile?: { readonly driver: "Install" } }>> = {
  general: {},
  memory: {},
  gpu: { gpuProfile: { driver: "Install" } },
};

/** A pool of nodes, as a cluster and a pool of its own are told. */
export function nodes(context: AksContext, name: PoolName, pool: Pool, settings: NodeSettings) {
  return {
    ...PURPOSES[name],
    type: "VirtualMachineScaleSets",
    ...(settings.version && { orchestratorVersion: settings.version }),
    vmSize: pool.type,
    enableAutoScaling: true,
    count: pool.initial,
    minCount: pool.min,
    maxCount: pool.max,
    maxPods: MAX_PODS,
    availabilityZones: [...settings.zones],
    vnetSubnetID: settings.subnet,
    enableNodePublicIP: false,
    osType: "Linux",
    osSKU: "Ubuntu",
    osDiskSizeGB: pool.diskGiB,
    // An ephemeral disk would not follow its key: https://learn.microsoft.com/azure/aks/azure-disk-customer-managed-keys#limitations
    osDiskType: "Managed",
    enableEncryptionAtHost: settings.hostEncryption,
    // Elasticsearch needs so many maps; nodes of Kubernetes 1.34, which are Ubuntu 22.04, have 65530 by themselves:
    // https://learn.microsoft.com/azure/aks/custom-node-configuration#linux-virtual-memory
    linuxOSConfig: { sysctls: { vmMaxMapCount: 262144 } },
    upgradeSettings: { maxSurge: "33%" },
    nodeLabels: poolLabels(context.name, name),
    nodeTaints: Object.entries(TAINTS[name]).map(([key, value]) => `${key}=${value}:NoSchedule`),
    tags: context.tags,
  };
}

/** Most pods of a node: what the kubelet and the overlay's /24 of each node have room for. */
export const MAX_PODS = 110;

/** A cluster that pools are made in. */
export interface PooledCluster {
  readonly name: pulumi.Input<string>;
  readonly resourceGroup: pulumi.Input<string>;
  readonly nodes: NodeSettings;
}

/** Makes a pool beside the first one, which comes with the cluster. */
export function makePool(
  context: AksContext,
  { name: cluster, resourceGroup, nodes: settings }: PooledCluster,
  name: PoolName,
  pool: Pool,
): containerservice.AgentPool {
  return new containerservice.AgentPool(
    `${context.name}-${name}`,
    {
      agentPoolName: name,
      mode: "User",
      resourceName: cluster,
      resourceGroupName: resourceGroup,
      ...nodes(context, name, pool, settings),
    },
    // How many nodes there are is the autoscaler's business. Another kind of machine makes a new pool, whose name is free once
    // the old one is gone. The cluster's lock goes for its pools too.
    { ...context.lasting, ignoreChanges: ["count"], deleteBeforeReplace: true },
  );
}

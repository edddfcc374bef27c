import * as containerservice from "@pulumi/azure-native/containerservice/index.js";
import * as pulumi from "@pulumi/pulumi";
import type { Pools } from "../pools.ts";
import { issuerOf, kubeletOf, type AksCluster } from "./aks-cluster.ts";
import type { AksArgs, ExistingCluster } from "./aks-args.ts";
import type { AksContext } from "./context.ts";
import { makePool } from "./node-pools.ts";

/** Makes the first pool in a cluster that is there already; its other pools have the same zones and the same network. */
export function useCluster(
  context: AksContext,
  { hostEncryption = true, zones = ["1", "2", "3"] }: AksArgs,
  { general }: Pools,
  existing: ExistingCluster,
): AksCluster {
  const cluster = containerservice.getManagedClusterOutput(
    { resourceName: existing.cluster, resourceGroupName: existing.resourceGroup },
    context.options,
  );
  const subnet = cluster.apply(({ agentPoolProfiles: pools }) => pools?.[0]?.vnetSubnetID);
  const pooled = {
    name: pulumi.output(existing.cluster),
    resourceGroup: pulumi.output(existing.resourceGroup),
    nodes: { subnet, zones, hostEncryption },
  };
  return {
    ...pooled,
    issuer: cluster.apply(({ oidcIssuerProfile }) => issuerOf(oidcIssuerProfile)),
    kubelet: cluster.apply(({ identityProfile }) => kubeletOf(identityProfile)),
    nodeResourceGroup: cluster.apply((known) => known.nodeResourceGroup ?? existing.resourceGroup),
    general: makePool(context, pooled, "general", general),
    lasting: {},
  };
}

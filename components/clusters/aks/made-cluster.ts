import * as pulumi from "@pulumi/pulumi";
import { defaultVersion } from "../versions.ts";
import type { Pools } from "../pools.ts";
import { grantAdministrators } from "./access.ts";
import { issuerOf, kubeletOf, type AksCluster } from "./aks-cluster.ts";
import type { AksArgs, ExistingNetwork } from "./aks-args.ts";
import type { AksContext } from "./context.ts";
import { makeControlPlane, nodeResourceGroup } from "./control-plane.ts";
import { controlPlaneIdentity } from "./identity.ts";
import { makeKeys } from "./keys.ts";
import { makeWorkspace, monitorCluster } from "./monitoring.ts";
import { makeNetwork, type AksNetwork } from "./network.ts";
import { scheduleUpgrades } from "./upgrades.ts";

/** All three zones that a region has, if it has any. */
const ZONES = ["1", "2", "3"];

/** Makes a cluster with all that it needs, in a network of its own or in one that is there. */
export function makeCluster(
  context: AksContext,
  args: AksArgs,
  { general }: Pools,
  existing: ExistingNetwork | undefined,
): AksCluster {
  const network = existing ? networkOf(existing) : makeNetwork(context);
  const keys = makeKeys(context);
  const workspace = makeWorkspace(context);
  const nodes = {
    subnet: network.nodes,
    version: args.version ?? defaultVersion("aks"),
    zones: args.zones ?? ZONES,
    hostEncryption: args.hostEncryption ?? true,
  };
  const cluster = makeControlPlane(context, {
    access: args.access,
    general,
    nodes,
    network,
    keys,
    identity: controlPlaneIdentity(context, network, keys),
    workspace: workspace.id,
    after: grantAdministrators(context, args.administrators),
  });
  const windows = scheduleUpgrades(context, cluster.name, args.maintenance);
  const logs = monitorCluster(context, workspace, cluster.id);
  return {
    name: cluster.name,
    resourceGroup: context.resourceGroup,
    nodeResourceGroup: pulumi.output(nodeResourceGroup(context.name)),
    issuer: cluster.oidcIssuerProfile.apply(issuerOf),
    kubelet: cluster.identityProfile.apply(kubeletOf),
    nodes,
    general: cluster,
    storageSubnet: network.nodes,
    lasting: {
      cluster: { id: cluster.id, parts: [...windows, ...logs] },
      keys: { id: keys.vault.id, parts: [keys.secrets, keys.disksReady] },
      ...(network.id && { network: { id: network.id, parts: [cluster] } }),
    },
  };
}

function networkOf({ nodes, apiServer, outbound = "userAssignedNATGateway" }: ExistingNetwork): AksNetwork {
  return { nodes: pulumi.output(nodes), apiServer: pulumi.output(apiServer), outbound };
}

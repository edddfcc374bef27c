import * as containerservice from "@pulumi/azure-native/containerservice/index.js";
import type * as pulumi from "@pulumi/pulumi";
import type { Pool } from "../pools.ts";
import type { AksContext } from "./context.ts";
import type { ControlPlaneIdentity } from "./identity.ts";
import type { AksKeys } from "./keys.ts";
import type { AksNetwork } from "./network.ts";
import { nodes, type NodeSettings } from "./node-pools.ts";

/** What a control plane is made of. */
export interface ControlPlaneArgs {
  /** Networks that may reach the API server over the internet; without any, the cluster is private. */
  readonly access: readonly string[];
  readonly general: Pool;
  readonly nodes: NodeSettings;
  readonly network: AksNetwork;
  readonly keys: AksKeys;
  readonly identity: ControlPlaneIdentity;
  /** Id of the Log Analytics workspace. */
  readonly workspace: pulumi.Input<string>;
  /** What has to be there first. */
  readonly after: readonly pulumi.Resource[];
}

/** Makes the cluster, with its first pool of nodes. */
export function makeControlPlane(
  context: AksContext,
  args: ControlPlaneArgs,
): containerservice.ManagedCluster {
  const { name, resourceGroup, tags } = context;
  const { version } = args.nodes;
  return new containerservice.ManagedCluster(
    name,
    {
      resourceName: name,
      resourceGroupName: resourceGroup,
      nodeResourceGroup: nodeResourceGroup(name),
      dnsPrefix: name,
      kubernetesVersion: version,
      sku: { name: "Base", tier: "Standard" },
      identity: { type: "UserAssigned", userAssignedIdentities: [args.identity.id] },
      agentPoolProfiles: [
        { name: "general", mode: "System", ...nodes(context, "general", args.general, args.nodes) },
      ],
      apiServerAccessProfile: apiServerAccess(args.access, args.network),
      networkProfile: networkProfile(args.network),
      ...accounts(context),
      ...encryption(args.keys),
      ...upkeep(args.workspace),
      oidcIssuerProfile: { enabled: true },
      // The smallest nodes that a pod fits are made for it, so that those of graphics processors come last.
      autoScalerProfile: { expander: "least-waste" },
      tags,
    },
    {
      ...context.lasting,
      dependsOn: [...args.identity.grants, args.keys.disksReady, ...args.after],
      // How many nodes there are is the autoscaler's business.
      ignoreChanges: ["agentPoolProfiles[0].count"],
    },
  );
}

/** The group for nodes, disks and load balancers, which AKS makes itself. */
export function nodeResourceGroup(name: string): string {
  return `${name}-nodes`;
}

/** Nodes reach the API server inside the network: https://learn.microsoft.com/azure/aks/api-server-vnet-integration */
function apiServerAccess(access: readonly string[], { apiServer }: AksNetwork) {
  return {
    enableVnetIntegration: true,
    subnetId: apiServer,
    disableRunCommand: true,
    ...(access.length > 0 ? { authorizedIPRanges: [...access] } : { enablePrivateCluster: true }),
  };
}

/**
 * Pods have addresses that are routed inside the cluster only, and Cilium enforces NetworkPolicies:
 * https://learn.microsoft.com/azure/aks/azure-cni-powered-by-cilium
 */
function networkProfile({ outbound }: AksNetwork) {
  return {
    networkPlugin: "azure",
    networkPluginMode: "overlay",
    networkDataplane: "cilium",
    networkPolicy: "cilium",
    podCidr: "10.244.0.0/16",
    serviceCidr: "10.1.0.0/16",
    dnsServiceIP: "10.1.0.10",
    loadBalancerSku: "standard",
    outboundType: outbound,
  };
}

/** Who may do what is said by Azure's roles, of accounts of Entra ID alone: https://learn.microsoft.com/azure/aks/manage-azure-rbac */
function accounts({ tenant }: AksContext) {
  return {
    enableRBAC: true,
    aadProfile: { managed: true, enableAzureRBAC: true, tenantID: tenant },
    disableLocalAccounts: true,
  };
}

function encryption({ secrets, disks }: AksKeys) {
  return {
    diskEncryptionSetID: disks.id,
    securityProfile: {
      azureKeyVaultKms: {
        enabled: true,
        keyId: secrets.keyUriWithVersion,
        keyVaultNetworkAccess: "Public",
      },
      workloadIdentity: { enabled: true },
      imageCleaner: { enabled: true, intervalHours: 168 },
    },
  };
}

function upkeep(workspace: pulumi.Input<string>) {
  return {
    autoUpgradeProfile: { upgradeChannel: "patch", nodeOSUpgradeChannel: "NodeImage" },
    // The nodes' groups and disks are changed by AKS alone.
    nodeResourceGroupProfile: { restrictionLevel: "ReadOnly" },
    addonProfiles: {
      omsagent: {
        enabled: true,
        config: { logAnalyticsWorkspaceResourceID: workspace, useAADAuth: "true" },
      },
      azurepolicy: { enabled: true },
    },
  };
}

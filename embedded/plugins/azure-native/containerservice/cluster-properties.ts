/** What a cluster of AKS takes and answers; what Azure takes beside is refused by name. */
import { named } from "../../cloud/names.ts";
import { rangeOf } from "../../cloud/networks.ts";
import type { Properties, Property } from "../../provider/property.ts";
import { between, matches } from "../../provider/validate.ts";
import { identityInput } from "../managedidentity/identity.ts";
import {
  choice,
  flag,
  location,
  output,
  refersTo,
  requiredFlag,
  tags,
  text,
  texts,
} from "../native/properties.ts";
import { kubernetesVersion, poolName, poolProperties } from "./pool-properties.ts";

const range = { type: "string", validate: rangeOf(), replaces: true } as const satisfies Property;
const enabled = { type: { object: { enabled: flag } } } as const satisfies Property;

/**
 * What replaces: `forceNewMap` of https://github.com/pulumi/pulumi-azure-native/blob/master/provider/pkg/gen/replacement.go
 */
const networkProfile = {
  networkPlugin: { ...choice("azure", "kubenet", "none"), replaces: true },
  networkPluginMode: { ...choice("overlay"), replaces: true },
  networkDataplane: { ...choice("azure", "cilium"), replaces: true },
  networkPolicy: { ...choice("none", "calico", "azure", "cilium"), replaces: true },
  networkMode: { ...choice("transparent", "bridge"), replaces: true },
  podCidr: range,
  serviceCidr: range,
  dnsServiceIP: { type: "string", replaces: true, validate: matches(/^\d{1,3}(?:\.\d{1,3}){3}$/) },
  loadBalancerSku: choice("standard"),
  outboundType: {
    ...choice("loadBalancer", "userDefinedRouting", "managedNATGateway", "userAssignedNATGateway", "none"),
    replaces: true,
  },
  advancedNetworking: {
    type: {
      object: {
        enabled: flag,
        observability: enabled,
        security: {
          type: { object: { enabled: flag, advancedNetworkPolicies: choice("L7", "FQDN", "None") } },
        },
      },
    },
  },
} as const satisfies Properties;

const securityProfile = {
  azureKeyVaultKms: {
    type: {
      object: {
        enabled: flag,
        keyId: {
          type: "string",
          validate: matches(/^https:\/\/[^/]+\/keys\/[^/]+\/[^/]+$/),
        },
        keyVaultNetworkAccess: choice("Public", "Private"),
        keyVaultResourceId: text,
      },
    },
  },
  defender: {
    type: { object: { logAnalyticsWorkspaceResourceId: text, securityMonitoring: enabled } },
  },
  imageCleaner: {
    type: { object: { enabled: flag, intervalHours: { type: "integer", validate: between(24, 2160) } } },
  },
  workloadIdentity: enabled,
} as const satisfies Properties;

/** Flags of the cluster autoscaler, most of them as text: https://learn.microsoft.com/azure/aks/cluster-autoscaler-overview */
const autoScalerProfile = {
  balanceSimilarNodeGroups: choice("true", "false"),
  daemonsetEvictionForEmptyNodes: flag,
  daemonsetEvictionForOccupiedNodes: flag,
  expander: choice("least-waste", "most-pods", "priority", "random"),
  ignoreDaemonsetsUtilization: flag,
  maxEmptyBulkDelete: text,
  maxGracefulTerminationSec: text,
  maxNodeProvisionTime: text,
  maxTotalUnreadyPercentage: text,
  newPodScaleUpDelay: text,
  okTotalUnreadyCount: text,
  scaleDownDelayAfterAdd: text,
  scaleDownDelayAfterDelete: text,
  scaleDownDelayAfterFailure: text,
  scaleDownUnneededTime: text,
  scaleDownUnreadyTime: text,
  scaleDownUtilizationThreshold: text,
  scanInterval: text,
  skipNodesWithLocalStorage: choice("true", "false"),
  skipNodesWithSystemPods: choice("true", "false"),
} as const satisfies Properties;

export const clusterProperties = {
  location,
  tags,
  aadProfile: {
    type: {
      object: { managed: flag, enableAzureRBAC: flag, adminGroupObjectIDs: texts, tenantID: text },
    },
  },
  addonProfiles: {
    type: { map: { object: { enabled: requiredFlag, config: { type: { map: "string" } } } } },
  },
  agentPoolProfiles: {
    type: {
      list: {
        object: {
          ...poolProperties,
          name: { type: "string", required: true, validate: named(poolName) },
          type: choice("VirtualMachineScaleSets", "AvailabilitySet"),
          // What would replace a pool of its own replaces no cluster.
          gpuInstanceProfile: choice("MIG1g", "MIG2g", "MIG3g", "MIG4g", "MIG7g"),
          vmSize: text,
        },
      },
    },
  },
  apiServerAccessProfile: {
    type: {
      object: {
        authorizedIPRanges: texts,
        disableRunCommand: flag,
        enablePrivateCluster: flag,
        enablePrivateClusterPublicFQDN: flag,
        enableVnetIntegration: flag,
        privateDNSZone: text,
        subnetId: text,
      },
    },
  },
  autoScalerProfile: { type: { object: autoScalerProfile } },
  autoUpgradeProfile: {
    type: {
      object: {
        upgradeChannel: choice("rapid", "stable", "patch", "node-image", "none"),
        nodeOSUpgradeChannel: choice("None", "Unmanaged", "NodeImage", "SecurityPatch"),
      },
    },
  },
  disableLocalAccounts: flag,
  diskEncryptionSetID: { type: "string", replaces: true },
  dnsPrefix: {
    type: "string",
    replaces: true,
    validate: matches(/^[A-Za-z0-9](?:[A-Za-z0-9-]{0,52}[A-Za-z0-9])?$/),
  },
  enableRBAC: flag,
  identity: identityInput,
  kubernetesVersion,
  networkProfile: { type: { object: networkProfile } },
  nodeResourceGroup: { type: "string", replaces: true },
  nodeResourceGroupProfile: { type: { object: { restrictionLevel: choice("Unrestricted", "ReadOnly") } } },
  oidcIssuerProfile: { type: { object: { enabled: flag, issuerURL: output } } },
  publicNetworkAccess: choice("Enabled", "Disabled"),
  securityProfile: { type: { object: securityProfile } },
  sku: { type: { object: { name: choice("Base"), tier: choice("Free", "Standard", "Premium") } } },
  storageProfile: {
    type: {
      object: {
        blobCSIDriver: enabled,
        diskCSIDriver: enabled,
        fileCSIDriver: enabled,
        snapshotController: enabled,
      },
    },
  },
  supportPlan: choice("KubernetesOfficial", "AKSLongTermSupport"),
  workloadAutoScalerProfile: {
    type: { object: { keda: enabled, verticalPodAutoscaler: enabled } },
  },
  identityProfile: {
    type: { map: { object: { clientId: output, objectId: output, resourceId: output } } },
    output: true,
  },
  azurePortalFQDN: output,
  currentKubernetesVersion: output,
  fqdn: output,
  privateFQDN: output,
  maxAgentPools: { type: "integer", output: true },
  powerState: { type: { object: { code: output } }, output: true },
  provisioningState: output,
} as const satisfies Properties;

const subnets = "Microsoft.Network/virtualNetworks/subnets";

export const clusterReferences = [
  refersTo("agentPoolProfiles.vnetSubnetID", subnets),
  refersTo("agentPoolProfiles.podSubnetID", subnets),
  refersTo("apiServerAccessProfile.subnetId", subnets),
  refersTo("diskEncryptionSetID", "Microsoft.Compute/diskEncryptionSets"),
  refersTo("identity.userAssignedIdentities", "Microsoft.ManagedIdentity/userAssignedIdentities", {
    holds: false,
  }),
  refersTo("securityProfile.azureKeyVaultKms.keyVaultResourceId", "Microsoft.KeyVault/vaults", {
    holds: false,
  }),
  refersTo(
    "addonProfiles.omsagent.config.logAnalyticsWorkspaceResourceID",
    "Microsoft.OperationalInsights/workspaces",
    { holds: false },
  ),
];

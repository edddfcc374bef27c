/**
 * The resources and functions of the official azure-native plugin that a cluster of AKS is made with, in an imagined Azure that checks
 * and remembers and makes nothing. How this plugin differs from one that is bridged from Terraform is said in native/native.ts.
 */
import type { Properties } from "../provider/property.ts";
import type { Provider } from "../provider/resource.ts";
import { getClientConfig } from "./authorization/client-config.ts";
import { managementLock } from "./authorization/management-lock.ts";
import { roleAssignment } from "./authorization/role-assignment.ts";
import { azureOf, type Azure } from "./azure.ts";
import { diskEncryptionSet } from "./compute/disk-encryption-set.ts";
import { budget } from "./consumption/budget.ts";
import { registry } from "./containerregistry/registry.ts";
import { agentPool } from "./containerservice/agent-pool.ts";
import { getManagedCluster, listManagedClusterUserCredentials } from "./containerservice/functions.ts";
import { maintenanceConfiguration } from "./containerservice/maintenance-configuration.ts";
import { managedCluster } from "./containerservice/managed-cluster.ts";
import { zone } from "./dns/zone.ts";
import { key } from "./keyvault/key.ts";
import { vault } from "./keyvault/vault.ts";
import { federatedIdentityCredential } from "./managedidentity/federated-identity-credential.ts";
import { userAssignedIdentity } from "./managedidentity/user-assigned-identity.ts";
import { dataCollectionRuleAssociation } from "./monitor/data-collection-rule-association.ts";
import { dataCollectionRule } from "./monitor/data-collection-rule.ts";
import { diagnosticSetting } from "./monitor/diagnostic-setting.ts";
import { text } from "./native/properties.ts";
import { natGateway } from "./network/nat-gateway.ts";
import { networkSecurityGroup } from "./network/network-security-group.ts";
import { publicIPAddress } from "./network/public-ip-address.ts";
import { subnet } from "./network/subnet.ts";
import { virtualNetwork } from "./network/virtual-network.ts";
import { workspace } from "./operationalinsights/workspace.ts";
import { resourceGroup } from "./resources/resource-group.ts";
import { blobContainer } from "./storage/blob-container.ts";
import { blobServiceProperties } from "./storage/blob-service-properties.ts";
import { managementPolicy } from "./storage/management-policy.ts";
import { storageAccount } from "./storage/storage-account.ts";

const settings = {
  clientId: text,
  environment: text,
  location: text,
  subscriptionId: text,
  tenantId: text,
} as const satisfies Properties;

export const azureNative: Provider<Azure> = {
  name: "azure-native",
  version: "3.28.0",
  settings,
  resources: {
    "azure-native:authorization:ManagementLockByScope": managementLock,
    "azure-native:authorization:RoleAssignment": roleAssignment,
    "azure-native:compute:DiskEncryptionSet": diskEncryptionSet,
    "azure-native:consumption:Budget": budget,
    "azure-native:containerregistry:Registry": registry,
    "azure-native:containerservice:AgentPool": agentPool,
    "azure-native:containerservice:MaintenanceConfiguration": maintenanceConfiguration,
    "azure-native:containerservice:ManagedCluster": managedCluster,
    "azure-native:dns:Zone": zone,
    "azure-native:keyvault:Key": key,
    "azure-native:keyvault:Vault": vault,
    "azure-native:managedidentity:FederatedIdentityCredential": federatedIdentityCredential,
    "azure-native:managedidentity:UserAssignedIdentity": userAssignedIdentity,
    "azure-native:monitor:DataCollectionRule": dataCollectionRule,
    "azure-native:monitor:DataCollectionRuleAssociation": dataCollectionRuleAssociation,
    "azure-native:monitor:DiagnosticSetting": diagnosticSetting,
    "azure-native:network:NatGateway": natGateway,
    "azure-native:network:NetworkSecurityGroup": networkSecurityGroup,
    "azure-native:network:PublicIPAddress": publicIPAddress,
    "azure-native:network:Subnet": subnet,
    "azure-native:network:VirtualNetwork": virtualNetwork,
    "azure-native:operationalinsights:Workspace": workspace,
    "azure-native:resources:ResourceGroup": resourceGroup,
    "azure-native:storage:BlobContainer": blobContainer,
    "azure-native:storage:BlobServiceProperties": blobServiceProperties,
    "azure-native:storage:ManagementPolicy": managementPolicy,
    "azure-native:storage:StorageAccount": storageAccount,
  },
  functions: {
    "azure-native:authorization:getClientConfig": getClientConfig,
    "azure-native:containerservice:getManagedCluster": getManagedCluster,
    "azure-native:containerservice:listManagedClusterUserCredentials": listManagedClusterUserCredentials,
  },
  configure: (given) => azureOf(given),
};

import * as managedidentity from "@pulumi/azure-native/managedidentity/index.js";
import * as storage from "@pulumi/azure-native/storage/index.js";
import * as pulumi from "@pulumi/pulumi";
import type { BackupsArgs } from "../cloud-args.ts";
import type { BackupsBucket } from "../cloud-cluster.ts";
import type { AksCluster } from "./aks-cluster.ts";
import type { AksContext } from "./context.ts";
import { makeIdentity } from "./identity.ts";
import type { Lasting } from "./protection.ts";
import { grant } from "./roles.ts";

/** A bucket for backups, and the account that it is in. */
export interface AksBackups {
  readonly bucket: BackupsBucket;
  readonly account: Lasting;
}

const CONTAINER = "backups";

/**
 * Makes the storage account and the container for backups, and lets one service account of the cluster use it. Blobs are
 * reached from the cluster's nodes alone, if these have a service endpoint for it; else from anywhere, by who has the right.
 */
export function makeBackups(
  context: AksContext,
  { issuer, storageSubnet }: Pick<AksCluster, "issuer" | "storageSubnet">,
  args: BackupsArgs = {},
): AksBackups {
  const { retentionDays = 30, account = { namespace: context.name, name: CONTAINER } } = args;
  const store = storageAccount(context, storageSubnet);
  const common = { accountName: store.name, resourceGroupName: context.resourceGroup };
  const retention = retain(context, common, retentionDays);
  const container = new storage.BlobContainer(
    `${context.name}-backups`,
    { ...common, containerName: CONTAINER, publicAccess: "None" },
    context.lasting,
  );
  const identity = makeIdentity(context, "backups");
  new managedidentity.FederatedIdentityCredential(
    `${context.name}-backups`,
    {
      federatedIdentityCredentialResourceName: context.name,
      resourceName: identity.name,
      resourceGroupName: context.resourceGroup,
      issuer,
      subject: `system:serviceaccount:${account.namespace}:${account.name}`,
      audiences: ["api://AzureADTokenExchange"],
    },
    context.options,
  );
  const role = grant(context, "backups", {
    role: "storageBlobDataContributor",
    principal: identity.principalId,
    type: "ServicePrincipal",
    scope: container.id,
  });
  return {
    bucket: {
      url: pulumi.interpolate`https://${store.name}.blob.core.windows.net/${CONTAINER}`,
      // https://learn.microsoft.com/azure/aks/workload-identity-overview#service-account-labels-and-annotations
      annotations: { "azure.workload.identity/client-id": identity.clientId },
      podLabels: { "azure.workload.identity/use": "true" },
    },
    account: { id: store.id, parts: [container, retention, role] },
  };
}

function storageAccount(context: AksContext, subnet: AksCluster["storageSubnet"]): storage.StorageAccount {
  return new storage.StorageAccount(
    `${context.name}-backups`,
    {
      accountName: context.unique,
      resourceGroupName: context.resourceGroup,
      kind: "StorageV2",
      sku: { name: "Standard_ZRS" },
      accessTier: "Cool",
      minimumTlsVersion: "TLS1_2",
      enableHttpsTrafficOnly: true,
      allowBlobPublicAccess: false,
      allowSharedKeyAccess: false,
      allowCrossTenantReplication: false,
      defaultToOAuthAuthentication: true,
      encryption: {
        keySource: "Microsoft.Storage",
        requireInfrastructureEncryption: true,
        services: { blob: { enabled: true, keyType: "Account" } },
      },
      ...(subnet && {
        networkRuleSet: {
          defaultAction: "Deny",
          bypass: "None",
          virtualNetworkRules: [{ virtualNetworkResourceId: subnet }],
        },
      }),
      tags: context.tags,
    },
    context.lasting,
  );
}

/**
 * What was replaced or deleted becomes a version, which goes after a day; deleted versions can be had back for the time of
 * retention. A version's own age would be that of the backup: one that was kept long would go as soon as it is replaced.
 * https://learn.microsoft.com/azure/storage/blobs/soft-delete-blob-overview#how-soft-delete-works-with-blob-versioning
 */
function retain(
  { name, options }: AksContext,
  common: { accountName: pulumi.Input<string>; resourceGroupName: pulumi.Input<string> },
  retentionDays: number,
): storage.ManagementPolicy {
  const retention = { enabled: true, days: retentionDays };
  const properties = new storage.BlobServiceProperties(
    `${name}-backups`,
    {
      ...common,
      blobServicesName: "default",
      isVersioningEnabled: true,
      deleteRetentionPolicy: retention,
      containerDeleteRetentionPolicy: retention,
    },
    options,
  );
  const old = {
    name: "old-versions",
    type: "Lifecycle",
    enabled: true,
    definition: {
      actions: { version: { delete: { daysAfterCreationGreaterThan: 1 } } },
      filters: { blobTypes: ["blockBlob"] },
    },
  };
  return new storage.ManagementPolicy(
    `${name}-backups`,
    { ...common, managementPolicyName: "default", policy: { rules: [old] } },
    { ...options, dependsOn: [properties] },
  );
}

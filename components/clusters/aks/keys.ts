import * as compute from "@pulumi/azure-native/compute/index.js";
import * as keyvault from "@pulumi/azure-native/keyvault/index.js";
import type * as pulumi from "@pulumi/pulumi";
import type { AksContext } from "./context.ts";
import { grant } from "./roles.ts";

/** Keys of a cluster: for the Secrets in etcd, and for the disks of nodes and volumes. */
export interface AksKeys {
  readonly vault: keyvault.Vault;
  readonly secrets: keyvault.Key;
  readonly disks: compute.DiskEncryptionSet;
  /** The disks' encryption set has to be allowed its key before a disk is made. */
  readonly disksReady: pulumi.Resource;
}

/** Makes the key vault, its two keys, and what encrypts disks with one of them. */
export function makeKeys(context: AksContext): AksKeys {
  const vault = makeVault(context);
  const secrets = makeKey(context, vault, "secrets");
  const key = makeKey(context, vault, "disks", ROTATION);
  const disks = new compute.DiskEncryptionSet(
    `${context.name}-disks`,
    {
      diskEncryptionSetName: `${context.name}-disks`,
      resourceGroupName: context.resourceGroup,
      encryptionType: "EncryptionAtRestWithCustomerKey",
      identity: { type: "SystemAssigned" },
      activeKey: { keyUrl: key.keyUriWithVersion, sourceVault: { id: vault.id } },
      rotationToLatestKeyVersionEnabled: true,
      tags: context.tags,
    },
    // Azure turns to a new version of the key by itself.
    { ...context.lasting, ignoreChanges: ["activeKey.keyUrl"] },
  );
  const disksReady = grant(context, "disks-key", {
    role: "keyVaultCryptoServiceEncryptionUser",
    principal: disks.identity.apply((identity) => identity!.principalId),
    type: "ServicePrincipal",
    scope: key.id,
  });
  return { vault, secrets, disks, disksReady };
}

/**
 * The vault is open to the network, because the API server's plugin can't pass its firewall:
 * https://learn.microsoft.com/azure/aks/use-kms-etcd-encryption#limitations
 */
function makeVault(context: AksContext): keyvault.Vault {
  return new keyvault.Vault(
    `${context.name}-keys`,
    {
      vaultName: context.unique,
      resourceGroupName: context.resourceGroup,
      properties: {
        tenantId: context.tenant,
        sku: { family: "A", name: "standard" },
        enableRbacAuthorization: true,
        enableSoftDelete: true,
        softDeleteRetentionInDays: 90,
        // Disks can't be encrypted without: https://learn.microsoft.com/azure/aks/azure-disk-customer-managed-keys
        enablePurgeProtection: true,
        publicNetworkAccess: "Enabled",
      },
      tags: context.tags,
    },
    context.lasting,
  );
}

/** A new version each year. The key of Secrets has none: the cluster has to be told of each of its versions. */
const ROTATION = {
  lifetimeActions: [
    { action: { type: keyvault.KeyRotationPolicyActionType.Rotate }, trigger: { timeAfterCreate: "P1Y" } },
  ],
};

function makeKey(
  context: AksContext,
  vault: keyvault.Vault,
  purpose: string,
  rotationPolicy?: typeof ROTATION,
): keyvault.Key {
  return new keyvault.Key(
    `${context.name}-${purpose}`,
    {
      keyName: purpose,
      vaultName: vault.name,
      resourceGroupName: context.resourceGroup,
      properties: { kty: "RSA", keySize: 3072, ...(rotationPolicy && { rotationPolicy }) },
      tags: context.tags,
    },
    context.lasting,
  );
}

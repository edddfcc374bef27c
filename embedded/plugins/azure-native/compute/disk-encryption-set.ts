import { named } from "../../cloud/names.ts";
import { matches } from "../../provider/validate.ts";
import { valuesOf } from "../../provider/bridge/types.ts";
import type { Values } from "../../provider/value.ts";
import { identityInput, identityOf } from "../managedidentity/identity.ts";
import { textOf } from "../native/given.ts";
import { storedAt } from "../native/identity.ts";
import type { Known } from "../native/description.ts";
import { native } from "../native/native.ts";
import { nameOf } from "../native/path.ts";
import { choice, flag, location, output, refersTo, tags, text } from "../native/properties.ts";

/** Encrypts disks with a key of a vault: https://learn.microsoft.com/azure/virtual-machines/disk-encryption */
export const diskEncryptionSet = native({
  path: "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Compute/diskEncryptionSets/{diskEncryptionSetName}",
  apiVersion: "2024-03-02",
  properties: {
    location,
    encryptionType: choice(
      "EncryptionAtRestWithCustomerKey",
      "EncryptionAtRestWithPlatformAndCustomerKeys",
      "ConfidentialVmEncryptedWithCustomerKey",
    ),
    identity: identityInput,
    activeKey: {
      type: {
        object: {
          keyUrl: {
            type: "string",
            required: true,
            validate: matches(/^https:\/\/[^/]+\/keys\/[^/]+\/[^/]+$/),
          },
          sourceVault: { type: { object: { id: text } } },
        },
      },
    },
    rotationToLatestKeyVersionEnabled: flag,
    tags,
    provisioningState: output,
    lastKeyRotationTimestamp: output,
  },
  validateName: named({
    pattern: /^[A-Za-z0-9_-]{1,80}$/,
    allowed: "1 to 80 letters, digits, _ and -",
  }),
  references: [refersTo("activeKey.sourceVault.id", "Microsoft.KeyVault/vaults")],
  judge: problemOfKey,
  outputsOf: ({ identity, rotationToLatestKeyVersionEnabled }, known) => ({
    identity: identityOf(identity, known),
    rotationToLatestKeyVersionEnabled: rotationToLatestKeyVersionEnabled ?? false,
    provisioningState: "Succeeded",
  }),
});

/** The key is in the vault that is named, which has purge protection: without, the disks could be lost for good. */
function problemOfKey({ activeKey }: Values, { azure }: Known): string | undefined {
  const { keyUrl, sourceVault } = valuesOf(activeKey);
  const vaultId = textOf(valuesOf(sourceVault)["id"]);
  if (vaultId === "") return undefined;
  const vault = storedAt(vaultId, azure.store);
  const { vaultUri, enablePurgeProtection } = valuesOf(vault?.outputs["properties"]);
  if (!textOf(keyUrl).startsWith(textOf(vaultUri)))
    return `KeyVaultAndDiskEncryptionSetMismatch: the key ${textOf(keyUrl)} is not in the vault ${nameOf(vaultId)}`;
  return enablePurgeProtection === true
    ? undefined
    : `PurgeProtectionNotEnabled: the vault ${nameOf(vaultId)} must have purge protection for the encryption of disks: set properties.enablePurgeProtection`;
}

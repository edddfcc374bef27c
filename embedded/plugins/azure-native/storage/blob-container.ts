import { named } from "../../cloud/names.ts";
import type { Values } from "../../provider/value.ts";
import { storedAt } from "../native/identity.ts";
import type { Known } from "../native/description.ts";
import { native } from "../native/native.ts";
import { nameOf } from "../native/path.ts";
import { choice, flag, output, tags, text } from "../native/properties.ts";

/** https://learn.microsoft.com/azure/storage/blobs/storage-blobs-introduction */
export const blobContainer = native({
  path: "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Storage/storageAccounts/{accountName}/blobServices/default/containers/{containerName}",
  apiVersion: "2024-01-01",
  properties: {
    publicAccess: choice("Container", "Blob", "None"),
    metadata: tags,
    defaultEncryptionScope: text,
    denyEncryptionScopeOverride: flag,
    immutableStorageWithVersioning: { type: { object: { enabled: flag } } },
    hasImmutabilityPolicy: { ...flag, output: true },
    hasLegalHold: { ...flag, output: true },
    leaseState: output,
    leaseStatus: output,
  },
  validateName: named({
    pattern: /^(?=.{3,63}$)[a-z0-9](?:[a-z0-9]|-(?!-))*[a-z0-9]$/,
    allowed: "3 to 63 lower-case letters, digits and single hyphens, a letter or digit first and last",
  }),
  judge: problemOfPublicAccess,
  outputsOf: (inputs) => ({
    publicAccess: inputs["publicAccess"] ?? "None",
    hasImmutabilityPolicy: false,
    hasLegalHold: false,
    leaseState: "Available",
    leaseStatus: "Unlocked",
  }),
});

/** An account may forbid what its containers ask for. */
function problemOfPublicAccess({ publicAccess }: Values, { id, azure }: Known): string | undefined {
  const accountId = id.replace(/\/blobServices\/.*$/i, "");
  const allowed = storedAt(accountId, azure.store)?.outputs["allowBlobPublicAccess"] === true;
  return allowed || publicAccess === undefined || publicAccess === "None"
    ? undefined
    : `PublicAccessNotPermitted: public access is not permitted on the storage account '${nameOf(accountId)}': set its 'allowBlobPublicAccess'`;
}

import { named } from "../../cloud/names.ts";
import { valuesOf } from "../../provider/bridge/types.ts";
import type { Values } from "../../provider/value.ts";
import { identityInput, identityOf, identityReference } from "../managedidentity/identity.ts";
import { isGiven, textOf } from "../native/given.ts";
import type { Known } from "../native/description.ts";
import { native } from "../native/native.ts";
import {
  choice,
  flag,
  location,
  output,
  refersTo,
  requiredChoice,
  requiredText,
  tags,
  text,
} from "../native/properties.ts";

const service = {
  type: { object: { enabled: flag, keyType: choice("Service", "Account") } },
} as const;
const services = ["blob", "file", "queue", "table"] as const;

/** https://learn.microsoft.com/azure/storage/common/storage-redundancy */
const skus = [
  "Standard_LRS",
  "Standard_GRS",
  "Standard_RAGRS",
  "Standard_ZRS",
  "Premium_LRS",
  "Premium_ZRS",
  "Standard_GZRS",
  "Standard_RAGZRS",
] as const;

const networkRules = {
  bypass: choice("None", "Logging", "Metrics", "AzureServices"),
  defaultAction: requiredChoice("Allow", "Deny"),
  ipRules: { type: { list: { object: { action: choice("Allow"), iPAddressOrRange: requiredText } } } },
  virtualNetworkRules: {
    type: { list: { object: { action: choice("Allow"), virtualNetworkResourceId: requiredText } } },
  },
} as const;

/** Its name is one for all of Azure: https://learn.microsoft.com/azure/storage/common/storage-account-overview */
export const storageAccount = native({
  path: "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Storage/storageAccounts/{accountName}",
  apiVersion: "2024-01-01",
  properties: {
    location,
    kind: requiredChoice("Storage", "StorageV2", "BlobStorage", "FileStorage", "BlockBlobStorage"),
    sku: { type: { object: { name: requiredChoice(...skus), tier: output } }, required: true },
    accessTier: choice("Hot", "Cool", "Premium", "Cold"),
    allowBlobPublicAccess: flag,
    allowCrossTenantReplication: flag,
    allowSharedKeyAccess: flag,
    defaultToOAuthAuthentication: flag,
    enableHttpsTrafficOnly: flag,
    encryption: {
      type: {
        object: {
          keySource: choice("Microsoft.Storage", "Microsoft.Keyvault"),
          requireInfrastructureEncryption: flag,
          services: { type: { object: Object.fromEntries(services.map((name) => [name, service])) } },
        },
      },
    },
    identity: identityInput,
    isHnsEnabled: { ...flag, replaces: true },
    minimumTlsVersion: choice("TLS1_0", "TLS1_1", "TLS1_2", "TLS1_3"),
    networkRuleSet: { type: { object: networkRules } },
    publicNetworkAccess: choice("Enabled", "Disabled", "SecuredByPerimeter"),
    allowedCopyScope: choice("PrivateLink", "AAD"),
    sasPolicy: {
      type: {
        object: { expirationAction: requiredChoice("Log", "Block"), sasExpirationPeriod: requiredText },
      },
    },
    tags,
    primaryEndpoints: { type: { object: { blob: text, dfs: text, web: text } }, output: true },
    primaryLocation: output,
    provisioningState: output,
    statusOfPrimary: output,
  },
  validateName: named({ pattern: /^[a-z0-9]{3,24}$/, allowed: "3 to 24 lower-case letters and digits" }),
  references: [
    identityReference,
    refersTo(
      "networkRuleSet.virtualNetworkRules.virtualNetworkResourceId",
      "Microsoft.Network/virtualNetworks/subnets",
      { holds: false },
    ),
  ],
  validate: problems,
  judge: problemOfChange,
  outputsOf: (inputs, known) => ({
    ...(isGiven(inputs["identity"]) ? { identity: identityOf(inputs["identity"], known) } : {}),
    accessTier: inputs["accessTier"] ?? "Hot",
    enableHttpsTrafficOnly: inputs["enableHttpsTrafficOnly"] ?? true,
    primaryEndpoints: Object.fromEntries(
      ["blob", "dfs", "web"].map((each) => [each, `https://${known.name}.${each}.core.windows.net/`]),
    ),
    primaryLocation: inputs["location"] ?? null,
    provisioningState: "Succeeded",
    statusOfPrimary: "available",
  }),
});

function problems({ kind, sku, accessTier }: Values): readonly string[] {
  const name = textOf(valuesOf(sku)["name"]);
  const tier = textOf(accessTier);
  return [
    ...(name.startsWith("Premium") && tier !== "" && tier !== "Premium"
      ? [`the access tier '${tier}' is not one of the SKU ${name}`]
      : []),
    ...(kind === "BlobStorage" && tier === ""
      ? ["an account of the kind BlobStorage must have an 'accessTier'"]
      : []),
  ];
}

/** https://learn.microsoft.com/azure/storage/common/infrastructure-encryption-enable */
function problemOfChange({ encryption }: Values, { name, outputs }: Known): string | undefined {
  const [wanted, before] = [encryption, outputs?.["encryption"]].map(
    (each) => valuesOf(each)["requireInfrastructureEncryption"] === true,
  );
  return outputs === undefined || wanted === before
    ? undefined
    : `the storage account '${name}' has 'encryption.requireInfrastructureEncryption' as it was made: it cannot be changed after`;
}

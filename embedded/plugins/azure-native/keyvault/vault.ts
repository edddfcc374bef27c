import { valuesOf } from "../../provider/bridge/types.ts";
import { between, oneOf } from "../../provider/validate.ts";
import type { Values } from "../../provider/value.ts";
import { named } from "../../cloud/names.ts";
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

const permissions = { type: { list: "string" } } as const;

const accessPolicy = {
  tenantId: requiredText,
  objectId: requiredText,
  applicationId: text,
  permissions: {
    type: {
      object: { keys: permissions, secrets: permissions, certificates: permissions, storage: permissions },
    },
    required: true,
  },
} as const;

const networkRules = {
  bypass: choice("AzureServices", "None"),
  defaultAction: choice("Allow", "Deny"),
  ipRules: { type: { list: { object: { value: requiredText } } } },
  virtualNetworkRules: {
    type: { list: { object: { id: requiredText, ignoreMissingVnetServiceEndpoint: flag } } },
  },
} as const;

/**
 * Keeps keys and secrets. Its name is one for all of Azure, and is taken for the days of its soft deletion after it was deleted;
 * this stand-in forgets a deleted vault at once. https://learn.microsoft.com/azure/key-vault/general/soft-delete-overview
 */
export const vault = native({
  path: "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.KeyVault/vaults/{vaultName}",
  apiVersion: "2024-11-01",
  properties: {
    location,
    tags,
    properties: {
      required: true,
      type: {
        object: {
          tenantId: requiredText,
          sku: {
            type: {
              object: { family: requiredChoice("A"), name: requiredChoice("standard", "premium") },
            },
            required: true,
          },
          accessPolicies: { type: { list: { object: accessPolicy } } },
          createMode: choice("default", "recover"),
          enabledForDeployment: flag,
          enabledForDiskEncryption: flag,
          enabledForTemplateDeployment: flag,
          enableRbacAuthorization: flag,
          enableSoftDelete: flag,
          softDeleteRetentionInDays: { type: "integer", validate: between(7, 90) },
          // What was switched on once can't be switched off again.
          enablePurgeProtection: flag,
          networkAcls: { type: { object: networkRules } },
          publicNetworkAccess: {
            type: "string",
            validate: oneOf("Enabled", "Disabled", "enabled", "disabled"),
          },
          vaultUri: output,
          hsmPoolResourceId: output,
          provisioningState: output,
        },
      },
    },
  },
  validateName: named({
    pattern: /^(?=.{3,24}$)[A-Za-z](?:[A-Za-z0-9]|-(?!-))*[A-Za-z0-9]$/,
    allowed: "3 to 24 letters, digits and single hyphens, a letter first, a letter or digit last",
  }),
  references: [
    refersTo("properties.networkAcls.virtualNetworkRules.id", "Microsoft.Network/virtualNetworks/subnets", {
      holds: false,
    }),
  ],
  validate: ({ properties }) => problemsOfPurge(valuesOf(properties)),
  judge: ({ properties }, { name, outputs }) =>
    problemOfUnprotecting(name, valuesOf(properties), valuesOf(outputs?.["properties"])),
  outputsOf: ({ properties }, { name }) => ({
    properties: {
      enableSoftDelete: true,
      softDeleteRetentionInDays: 90,
      publicNetworkAccess: "Enabled",
      ...valuesOf(properties),
      vaultUri: `https://${name}.vault.azure.net/`,
      provisioningState: "Succeeded",
    },
  }),
});

function problemsOfPurge({ enablePurgeProtection, enableSoftDelete }: Values): readonly string[] {
  return [
    ...(enablePurgeProtection === false
      ? ["the property 'enablePurgeProtection' cannot be set to false: leave it out to go without"]
      : []),
    ...(enableSoftDelete === false
      ? ["vaults without soft deletion cannot be made any more: leave 'enableSoftDelete' out"]
      : []),
  ];
}

function problemOfUnprotecting(name: string, wanted: Values, before: Values): string | undefined {
  return before["enablePurgeProtection"] === true && wanted["enablePurgeProtection"] !== true
    ? `the vault '${name}' has purge protection, which once enabled cannot be disabled`
    : undefined;
}

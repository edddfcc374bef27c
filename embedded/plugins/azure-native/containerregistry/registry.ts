import { named } from "../../cloud/names.ts";
import { valuesOf } from "../../provider/bridge/types.ts";
import type { Values } from "../../provider/value.ts";
import { textOf } from "../native/given.ts";
import { native } from "../native/native.ts";
import { choice, flag, location, output, requiredChoice, tags } from "../native/properties.ts";

const status = choice("enabled", "disabled");

/** Its name is one for all of Azure: https://learn.microsoft.com/azure/container-registry/container-registry-skus */
export const registry = native({
  path: "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.ContainerRegistry/registries/{registryName}",
  apiVersion: "2023-01-01-preview",
  properties: {
    location: { ...location },
    sku: {
      type: { object: { name: requiredChoice("Basic", "Standard", "Premium"), tier: output } },
      required: true,
    },
    adminUserEnabled: flag,
    anonymousPullEnabled: flag,
    dataEndpointEnabled: flag,
    networkRuleBypassOptions: choice("AzureServices", "None"),
    publicNetworkAccess: choice("Enabled", "Disabled"),
    zoneRedundancy: choice("Enabled", "Disabled"),
    policies: {
      type: {
        object: {
          exportPolicy: { type: { object: { status } } },
          azureADAuthenticationAsArmPolicy: { type: { object: { status } } },
          retentionPolicy: { type: { object: { status, days: { type: "integer" } } } },
        },
      },
    },
    tags,
    loginServer: output,
    creationDate: output,
    provisioningState: output,
  },
  validateName: named({ pattern: /^[A-Za-z0-9]{5,50}$/, allowed: "5 to 50 letters and digits" }),
  validate: problemsOfSku,
  outputsOf: (inputs, { name }) => ({
    adminUserEnabled: inputs["adminUserEnabled"] ?? false,
    publicNetworkAccess: inputs["publicNetworkAccess"] ?? "Enabled",
    loginServer: `${name.toLowerCase()}.azurecr.io`,
    provisioningState: "Succeeded",
  }),
});

/** What only the SKU Premium has. */
const premium: Readonly<Record<string, (inputs: Values) => boolean>> = {
  dataEndpointEnabled: (inputs) => inputs["dataEndpointEnabled"] === true,
  publicNetworkAccess: (inputs) => inputs["publicNetworkAccess"] === "Disabled",
  zoneRedundancy: (inputs) => inputs["zoneRedundancy"] === "Enabled",
};

function problemsOfSku(inputs: Values): readonly string[] {
  const sku = textOf(valuesOf(inputs["sku"])["name"]);
  const asked = Object.keys(premium).filter((name) => premium[name]?.(inputs));
  return [
    ...(sku === "Premium"
      ? []
      : asked.map((name) => `'${name}' is not supported for the SKU ${sku}: use Premium`)),
    ...(sku === "Basic" && inputs["anonymousPullEnabled"] === true
      ? ["'anonymousPullEnabled' is not supported for the SKU Basic: use Standard or Premium"]
      : []),
  ];
}

import { named } from "../../cloud/names.ts";
import { uuid } from "../../cloud/ids.ts";
import { native } from "../native/native.ts";
import { location, output, tags } from "../native/properties.ts";

/** https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules#microsoftmanagedidentity */
const name = named({
  pattern: /^[A-Za-z0-9][A-Za-z0-9_-]{2,127}$/,
  allowed: "3 to 128 letters, digits, _ and -, a letter or digit first",
});

/** An account that no password belongs to. */
export const userAssignedIdentity = native({
  path: "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/{resourceName}",
  apiVersion: "2023-01-31",
  properties: { location, tags, clientId: output, principalId: output, tenantId: output },
  validateName: name,
  outputsOf: (_, { id, azure }) => ({
    clientId: uuid(`client of ${id}`),
    principalId: uuid(`principal of ${id}`),
    tenantId: azure.tenantId,
  }),
});

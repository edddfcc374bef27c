import { named } from "../../cloud/names.ts";
import { native } from "../native/native.ts";
import { location, tags, text } from "../native/properties.ts";

/**
 * A folder for everything else: what is in it is deleted with it. Names:
 * https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules#microsoftresources
 */
export const resourceGroup = native({
  path: "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}",
  apiVersion: "2024-03-01",
  properties: {
    location,
    managedBy: text,
    tags,
    properties: { type: { map: "string" }, output: true },
  },
  validateName: named({
    pattern: /^[\p{L}\p{N}_()\-.]{0,89}[\p{L}\p{N}_()-]$/u,
    allowed: "1 to 90 letters, digits, _, (, ), - and ., no . last",
  }),
  outputsOf: () => ({ properties: { provisioningState: "Succeeded" } }),
  announces: true,
});

import { uuid } from "../../cloud/ids.ts";
import { named } from "../../cloud/names.ts";
import { between } from "../../provider/validate.ts";
import { native } from "../native/native.ts";
import { choice, flag, location, output, requiredChoice, tags } from "../native/properties.ts";

/** Where logs are kept and asked: https://learn.microsoft.com/azure/azure-monitor/logs/log-analytics-workspace-overview */
export const workspace = native({
  path: "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.OperationalInsights/workspaces/{workspaceName}",
  apiVersion: "2023-09-01",
  properties: {
    location,
    sku: {
      type: {
        object: {
          name: requiredChoice(
            "Free",
            "Standard",
            "Premium",
            "PerNode",
            "PerGB2018",
            "Standalone",
            "CapacityReservation",
            "LACluster",
          ),
          capacityReservationLevel: { type: "integer" },
          lastSkuUpdate: output,
        },
      },
    },
    // Interactive retention: https://learn.microsoft.com/azure/azure-monitor/logs/data-retention-configure
    retentionInDays: { type: "integer", validate: between(30, 730) },
    workspaceCapping: { type: { object: { dailyQuotaGb: { type: "number" } } } },
    features: {
      type: {
        object: {
          disableLocalAuth: flag,
          enableDataExport: flag,
          enableLogAccessUsingOnlyResourcePermissions: flag,
          immediatePurgeDataOn30Days: flag,
        },
      },
    },
    publicNetworkAccessForIngestion: choice("Enabled", "Disabled"),
    publicNetworkAccessForQuery: choice("Enabled", "Disabled"),
    tags,
    customerId: output,
    provisioningState: output,
  },
  validateName: named({
    pattern: /^[A-Za-z0-9][A-Za-z0-9-]{2,61}[A-Za-z0-9]$/,
    allowed: "4 to 63 letters, digits and -, a letter or digit first and last",
  }),
  outputsOf: (inputs, { id }) => ({
    sku: inputs["sku"] ?? { name: "PerGB2018" },
    retentionInDays: inputs["retentionInDays"] ?? 30,
    publicNetworkAccessForIngestion: inputs["publicNetworkAccessForIngestion"] ?? "Enabled",
    publicNetworkAccessForQuery: inputs["publicNetworkAccessForQuery"] ?? "Enabled",
    customerId: uuid(id),
    provisioningState: "Succeeded",
  }),
});

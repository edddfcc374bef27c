import { valuesOf } from "../../provider/bridge/types.ts";
import { between, oneOf } from "../../provider/validate.ts";
import type { Values } from "../../provider/value.ts";
import { native } from "../native/native.ts";
import { flag, requiredFlag, text } from "../native/properties.ts";

const retention = {
  type: {
    object: {
      enabled: flag,
      days: { type: "integer", validate: between(1, 365) },
      allowPermanentDelete: flag,
    },
  },
} as const;

/** What holds for all blobs of an account. Every account has it; here it is known once a program says something of it. */
export const blobServiceProperties = native({
  path: "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Storage/storageAccounts/{accountName}/blobServices/{blobServicesName}",
  apiVersion: "2024-01-01",
  properties: {
    isVersioningEnabled: flag,
    deleteRetentionPolicy: retention,
    containerDeleteRetentionPolicy: retention,
    changeFeed: {
      type: {
        object: { enabled: flag, retentionInDays: { type: "integer", validate: between(1, 146_000) } },
      },
    },
    restorePolicy: {
      type: { object: { enabled: requiredFlag, days: { type: "integer", validate: between(1, 364) } } },
    },
    defaultServiceVersion: text,
  },
  validateName: oneOf("default"),
  isPart: true,
  validate: (inputs) => [
    ...problemsOfDays(inputs, "deleteRetentionPolicy"),
    ...problemsOfDays(inputs, "containerDeleteRetentionPolicy"),
    ...problemsOfRestoring(inputs),
  ],
});

function problemsOfDays(inputs: Values, name: string): readonly string[] {
  const { enabled, days } = valuesOf(inputs[name]);
  return enabled === true && days === undefined ? [`'${name}.days' must be given where it is enabled`] : [];
}

/** https://learn.microsoft.com/azure/storage/blobs/point-in-time-restore-overview#prerequisites-for-point-in-time-restore */
function problemsOfRestoring(inputs: Values): readonly string[] {
  const isOn = (name: string): boolean => valuesOf(inputs[name])["enabled"] === true;
  if (!isOn("restorePolicy")) return [];
  const isReady =
    isOn("deleteRetentionPolicy") && isOn("changeFeed") && inputs["isVersioningEnabled"] === true;
  return isReady
    ? []
    : ["'restorePolicy' needs 'deleteRetentionPolicy', 'changeFeed' and 'isVersioningEnabled' to be on"];
}

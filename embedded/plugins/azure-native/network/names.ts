import { named } from "../../cloud/names.ts";

/** https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules#microsoftnetwork */
export const networkName = named({
  pattern: /^[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,78}[A-Za-z0-9_])?$/,
  allowed: "1 to 80 letters, digits, _, . and -, a letter or digit first, a letter, digit or _ last",
});

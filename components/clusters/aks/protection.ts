import * as authorization from "@pulumi/azure-native/authorization/index.js";
import type * as pulumi from "@pulumi/pulumi";
import type { AksContext } from "./context.ts";

/** Has Azure refuse to delete something, whoever asks: https://learn.microsoft.com/azure/azure-resource-manager/management/lock-resources */
export function lock(
  { name, options }: AksContext,
  subject: string,
  scope: pulumi.Input<string>,
): authorization.ManagementLockByScope {
  return new authorization.ManagementLockByScope(
    `${name}-${subject}`,
    { lockName: name, level: "CanNotDelete", scope, notes: NOTES },
    // Pulumi would not take a protected lock away when the stack says so.
    options,
  );
}

const NOTES = "kept by keelson: set deletionProtection to false and bring the stack up before deleting this";

import * as authorization from "@pulumi/azure-native/authorization/index.js";
import type * as pulumi from "@pulumi/pulumi";
import type { AksContext } from "./context.ts";

/** What deletion protection is about. */
export interface Lasting {
  readonly id: pulumi.Output<string>;
  /** What is made of it: a lock goes for that too, so it has to be gone before. */
  readonly parts: readonly pulumi.Resource[];
}

/** Has Azure refuse to delete something, whoever asks: https://learn.microsoft.com/azure/azure-resource-manager/management/lock-resources */
export function lock({ name, options }: AksContext, subject: string, { id, parts }: Lasting): void {
  new authorization.ManagementLockByScope(
    `${name}-${subject}`,
    { lockName: name, level: "CanNotDelete", scope: id, notes: NOTES },
    // Pulumi would not take a protected lock away when the stack says so.
    { ...options, dependsOn: [...parts] },
  );
}

const NOTES = "kept by keelson: set deletionProtection to false and bring the stack up before deleting this";

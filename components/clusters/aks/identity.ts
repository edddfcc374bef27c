import * as managedidentity from "@pulumi/azure-native/managedidentity/index.js";
import type * as pulumi from "@pulumi/pulumi";
import type { AksContext } from "./context.ts";
import type { AksKeys } from "./keys.ts";
import type { AksNetwork } from "./network.ts";
import { grant } from "./roles.ts";

/** What the control plane acts as. */
export interface ControlPlaneIdentity {
  readonly id: pulumi.Output<string>;
  /** What it was allowed, which has to be so before the cluster is made. */
  readonly grants: readonly pulumi.Resource[];
}

/**
 * The control plane has an identity that is there before it, because it needs the key of Secrets from the first moment:
 * https://learn.microsoft.com/azure/aks/use-kms-etcd-encryption
 */
export function controlPlaneIdentity(
  context: AksContext,
  { nodes, apiServer }: AksNetwork,
  { secrets, disks }: AksKeys,
): ControlPlaneIdentity {
  const identity = makeIdentity(context, "control-plane");
  const own = { principal: identity.principalId, type: "ServicePrincipal" } as const;
  return {
    id: identity.id,
    grants: [
      grant(context, "nodes-network", { ...own, role: "networkContributor", scope: nodes }),
      grant(context, "api-server-network", { ...own, role: "networkContributor", scope: apiServer }),
      grant(context, "secrets-key", { ...own, role: "keyVaultCryptoUser", scope: secrets.id }),
      grant(context, "disks", { ...own, role: "reader", scope: disks.id }),
    ],
  };
}

/** An identity that no password belongs to. */
export function makeIdentity(context: AksContext, purpose: string): managedidentity.UserAssignedIdentity {
  const name = `${context.name}-${purpose}`;
  return new managedidentity.UserAssignedIdentity(
    name,
    { resourceName: name, resourceGroupName: context.resourceGroup, tags: context.tags },
    context.options,
  );
}

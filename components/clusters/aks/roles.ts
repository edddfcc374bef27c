import * as authorization from "@pulumi/azure-native/authorization/index.js";
import * as pulumi from "@pulumi/pulumi";
import type { AksContext } from "./context.ts";

/** Ids of Azure's built-in roles: https://learn.microsoft.com/azure/role-based-access-control/built-in-roles */
const ROLES = {
  acrPull: "7f951dda-4ed3-4680-a7ca-43fe172d538d",
  clusterAdministrator: "b1ff04bb-8a4e-4dc4-8eb5-8693973ce19b",
  keyVaultCryptoServiceEncryptionUser: "e147488a-f6f5-4113-8e2d-b22465e65bf6",
  keyVaultCryptoUser: "12338af0-0e69-4776-bea7-57ae8d297424",
  networkContributor: "4d97b98b-1d4f-4787-a291-c67834d212e7",
  reader: "acdd72a7-3385-48ef-bd42-f606fba81ae7",
  storageBlobDataContributor: "ba92f5b4-2d11-453d-a403-e96b0029c9fe",
} as const;

/** Who may do what, and where. */
export interface Grant {
  readonly role: keyof typeof ROLES;
  readonly principal: pulumi.Input<string>;
  readonly scope: pulumi.Input<string>;
  /**
   * What the principal is. Entra ID tells of a new service principal late; an assignment that says the type does not wait for it:
   * https://learn.microsoft.com/azure/role-based-access-control/troubleshooting#symptom---assigning-a-role-to-a-new-principal-sometimes-fails
   *
   * @defaultValue whatever Entra ID knows it as
   */
  readonly type?: "ServicePrincipal";
}

/** Gives a principal a built-in role. */
export function grant(
  context: AksContext,
  name: string,
  { role, principal, scope, type }: Grant,
): authorization.RoleAssignment {
  const definitions = pulumi.interpolate`/subscriptions/${context.subscription}/providers/Microsoft.Authorization/roleDefinitions`;
  return new authorization.RoleAssignment(
    `${context.name}-${name}`,
    {
      roleDefinitionId: pulumi.interpolate`${definitions}/${ROLES[role]}`,
      principalId: principal,
      scope,
      // Where the SDK is told nothing at all, it says "User", which a service principal is not.
      principalType: pulumi.output(type),
    },
    context.options,
  );
}

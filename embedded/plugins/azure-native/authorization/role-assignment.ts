import { valuesOf } from "../../provider/bridge/types.ts";
import type { Value, Values } from "../../provider/value.ts";
import type { Azure } from "../azure.ts";
import { textOf } from "../native/given.ts";
import { folderOf, idOf, keyOf } from "../native/identity.ts";
import type { Known } from "../native/description.ts";
import { native } from "../native/native.ts";
import { isWithin, nameOf, parentOf, sameId } from "../native/path.ts";
import { choice, text } from "../native/properties.ts";
import { roles } from "./roles.ts";

const folder = folderOf("Microsoft.Authorization/roleAssignments");

const replacing = { type: "string", required: true, replaces: true } as const;

/** Gives a principal a role on a resource: https://learn.microsoft.com/azure/role-based-access-control/role-assignments */
export const roleAssignment = native({
  path: "{scope}/providers/Microsoft.Authorization/roleAssignments/{roleAssignmentName}",
  apiVersion: "2022-04-01",
  naming: "uuid",
  properties: {
    principalId: replacing,
    principalType: choice(
      "User",
      "Group",
      "ServicePrincipal",
      "ForeignGroup",
      "Device",
      "AgentUser",
      "AgentServicePrincipal",
    ),
    roleDefinitionId: { type: "string", required: true },
    condition: text,
    conditionVersion: choice("2.0"),
    description: text,
    delegatedManagedIdentityResourceId: text,
  },
  validateName: (name) => notGuid(name),
  judge: (inputs, known) =>
    problemOfRole(inputs) ?? problemOfPrincipal(inputs, known.azure) ?? problemOfTwins(inputs, known),
  outputsOf: ({ principalType, scope }) => ({
    principalType: principalType ?? "User",
    scope: scope ?? null,
  }),
});

const guidForm = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function notGuid(name: Value): string | undefined {
  return guidForm.test(textOf(name))
    ? undefined
    : `'${textOf(name)}' is no GUID: leave it out for a random one`;
}

function problemOfRole({ roleDefinitionId }: Values): string | undefined {
  const guid = nameOf(textOf(roleDefinitionId)).toLowerCase();
  if (guid in roles) return undefined;
  const known = Object.entries(roles).map(([id, name]) => `${name} (${id})`);
  return `RoleDefinitionDoesNotExist: the specified role definition with ID '${guid}' does not exist among those that keelson's embedded stand-in for Azure knows: ${known.join(", ")}`;
}

/** Of people and groups nothing is known here; a service principal is the account itself or a resource's identity. */
function problemOfPrincipal({ principalId, principalType }: Values, azure: Azure): string | undefined {
  const id = textOf(principalId);
  if (principalType !== "ServicePrincipal" && guidForm.test(id)) return undefined;
  return id === azure.objectId || principalsOf(azure).includes(id)
    ? undefined
    : `PrincipalNotFound: principal ${id} does not exist in the directory ${azure.tenantId}: give the principal id of an identity, not its client id`;
}

function principalsOf(azure: Azure): readonly string[] {
  return azure.store.everything().flatMap(({ outputs }) => {
    const { principalId } = valuesOf(outputs["identity"]);
    const kubelet = valuesOf(valuesOf(outputs["identityProfile"])["kubeletidentity"]);
    // A role assignment has a principal's id too, but is none.
    const own = "clientId" in outputs ? [outputs["principalId"]] : [];
    return [...own, principalId, kubelet["objectId"]].flatMap((each) =>
      typeof each === "string" ? [each] : [],
    );
  });
}

function problemOfTwins({ principalId, roleDefinitionId }: Values, { id, azure }: Known): string | undefined {
  const twin = assignmentsOn(parentOf(id), azure).find(
    ({ id: other, principal, role }) =>
      !sameId(other, id) && principal === principalId && role === nameOf(textOf(roleDefinitionId)),
  );
  return twin && `RoleAssignmentExists: the role assignment already exists: ${twin.id}`;
}

/** Assignments on just this scope. */
function assignmentsOn(scope: string, azure: Azure) {
  return azure.store
    .all(folder)
    .filter((each) => isWithin(each.id, keyOf(scope)) && sameId(parentOf(each.id), scope))
    .map((each) => ({
      id: idOf(each),
      principal: each.outputs["principalId"],
      role: nameOf(textOf(each.outputs["roleDefinitionId"])),
    }));
}

/** Whether a principal has one of some roles, by name, on a resource or on what that is in. */
export function isAllowed(
  principal: string,
  wanted: readonly string[],
  resourceId: string,
  azure: Azure,
): boolean {
  return azure.store.all(folder).some((each) => {
    const { principalId, roleDefinitionId } = each.outputs;
    const role = roles[nameOf(textOf(roleDefinitionId)).toLowerCase()];
    return (
      principalId === principal &&
      role !== undefined &&
      wanted.includes(role) &&
      isWithin(keyOf(resourceId), parentOf(each.id))
    );
  });
}

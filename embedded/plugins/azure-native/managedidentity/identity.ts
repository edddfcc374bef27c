/** The identity that a resource acts as: one of its own, or some that are there already. */
import { uuid } from "../../cloud/ids.ts";
import { valuesOf } from "../../provider/bridge/types.ts";
import type { Property } from "../../provider/property.ts";
import { oneOf } from "../../provider/validate.ts";
import type { Value, Values } from "../../provider/value.ts";
import { textsOf } from "../native/given.ts";
import { storedAt } from "../native/identity.ts";
import type { Known } from "../native/description.ts";
import { output, refersTo } from "../native/properties.ts";

export const identityInput = {
  type: {
    object: {
      type: {
        type: "string",
        required: true,
        validate: oneOf(
          "SystemAssigned",
          "UserAssigned",
          "SystemAssigned, UserAssigned",
          "SystemAssigned,UserAssigned",
          "None",
        ),
      },
      // Given as ids; answered by id, with the client and the principal of each.
      userAssignedIdentities: { type: { list: "string" } },
      principalId: output,
      tenantId: output,
    },
  },
} as const satisfies Property;

export const identityReference = refersTo(
  "identity.userAssignedIdentities",
  "Microsoft.ManagedIdentity/userAssignedIdentities",
  { holds: false },
);

/** The identity as Azure answers it. */
export function identityOf(given: Value | undefined, { id, azure }: Known): Values {
  const { type, userAssignedIdentities } = valuesOf(given);
  const assigned = textsOf(userAssignedIdentities).map((each) => {
    const { clientId, principalId } = storedAt(each, azure.store)?.outputs ?? {};
    return [each, { clientId: clientId ?? "", principalId: principalId ?? "" }];
  });
  const own = { principalId: principalOf(id), tenantId: azure.tenantId };
  return {
    type: type ?? "None",
    ...(typeof type === "string" && type.startsWith("SystemAssigned") ? own : {}),
    ...(assigned.length > 0 ? { userAssignedIdentities: Object.fromEntries(assigned) } : {}),
  };
}

/** What Entra ID knows a resource as that has an identity of its own. */
function principalOf(id: string): string {
  return uuid(`principal of ${id}`);
}

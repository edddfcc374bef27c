import { named } from "../../cloud/names.ts";
import { idOf, keyOf } from "../native/identity.ts";
import { native } from "../native/native.ts";
import { isWithin, nameOf, parentOf, sameId } from "../native/path.ts";
import { requiredText } from "../native/properties.ts";

const folder = "Microsoft.ManagedIdentity.userAssignedIdentities.federatedIdentityCredentials";
/** https://learn.microsoft.com/entra/workload-id/workload-identity-federation-considerations */
const most = 20;

/** Lets whoever has a token of an issuer act as an identity. */
export const federatedIdentityCredential = native({
  path: "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/{resourceName}/federatedIdentityCredentials/{federatedIdentityCredentialResourceName}",
  apiVersion: "2023-01-31",
  properties: {
    audiences: { type: { list: "string" }, required: true },
    issuer: requiredText,
    subject: requiredText,
  },
  validateName: named({
    pattern: /^[A-Za-z0-9][A-Za-z0-9_-]{2,119}$/,
    allowed: "3 to 120 letters, digits, _ and -, a letter or digit first",
  }),
  judge({ issuer, subject }, { id, azure }) {
    const others = azure.store
      .all(folder)
      .filter((each) => isWithin(each.id, keyOf(parentOf(id))) && !sameId(each.id, id));
    if (others.length >= most)
      return `the identity '${nameOf(parentOf(id))}' has ${most} federated identity credentials, which is the most: delete one`;
    const same = others.find(({ outputs }) => outputs["issuer"] === issuer && outputs["subject"] === subject);
    return (
      same &&
      `Issuer and subject combination already exists for this Managed Identity: '${nameOf(idOf(same))}' has them`
    );
  },
});

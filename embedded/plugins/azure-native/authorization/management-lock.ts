import { named } from "../../cloud/names.ts";
import { native } from "../native/native.ts";
import { requiredChoice, text } from "../native/properties.ts";

/** Keeps what it is on, and all that is in or on that, from being deleted or changed: arm.ts asks for it. */
export const managementLock = native({
  path: "{scope}/providers/Microsoft.Authorization/locks/{lockName}",
  apiVersion: "2020-05-01",
  properties: {
    level: requiredChoice("CanNotDelete", "ReadOnly", "NotSpecified"),
    notes: text,
    owners: { type: { list: { object: { applicationId: text } } } },
  },
  validateName: named({
    pattern: /^[^<>%&:\\?/\p{Cc}]{1,260}$/u,
    allowed: "1 to 260 characters, none of < > % & : \\ ? / and no control character",
  }),
});

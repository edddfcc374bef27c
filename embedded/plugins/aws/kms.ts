/** Keys. Source of the facts: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/kms_key and …/kms_alias */
import { named } from "../cloud/names.ts";
import { uuid } from "../cloud/ids.ts";
import { text } from "../cloud/values.ts";
import { between, oneOf } from "../provider/validate.ts";
import { onAws, output, regional, tagged } from "./define.ts";
import { problemOfPolicy } from "./iam/documents.ts";

export const key = onAws({
  type: "keys",
  timeouts: { create: 120, update: 0, delete: 0 },
  properties: {
    ...regional,
    ...tagged,
    bypassPolicyLockoutSafetyCheck: { type: "boolean", default: false },
    customerMasterKeySpec: { type: "string", default: "SYMMETRIC_DEFAULT", replaces: true },
    deletionWindowInDays: { type: "integer", validate: between(7, 30) },
    description: { type: "string", computed: true },
    enableKeyRotation: { type: "boolean", default: false },
    isEnabled: { type: "boolean", default: true },
    keyUsage: {
      type: "string",
      default: "ENCRYPT_DECRYPT",
      replaces: true,
      validate: oneOf("ENCRYPT_DECRYPT", "SIGN_VERIFY", "GENERATE_VERIFY_MAC", "KEY_AGREEMENT"),
    },
    multiRegion: { type: "boolean", computed: true, replaces: true },
    policy: { type: "string", computed: true, validate: problemOfPolicy },
    rotationPeriodInDays: { type: "integer", computed: true, validate: between(90, 2560) },
    arn: output,
    keyId: output,
  },
  idOf: (_, { seed }) => uuid(seed),
  outputsOf: (inputs, { id, configuration }) => ({
    arn: configuration.arn("kms", `key/${id}`),
    keyId: id,
    description: inputs.description ?? "",
    multiRegion: inputs.multiRegion ?? false,
    policy: inputs.policy ?? null,
    rotationPeriodInDays: inputs.rotationPeriodInDays ?? 365,
  }),
});

export const alias = onAws({
  type: "key-aliases",
  properties: {
    ...regional,
    name: {
      type: "string",
      required: true,
      replaces: true,
      validate: named({
        pattern: /^alias\/(?!aws\/)[a-zA-Z0-9/_-]{1,250}$/,
        allowed: "alias/ and up to 250 letters, digits, /, _ and -, but not alias/aws/",
      }),
    },
    targetKeyId: { type: "string", required: true },
    arn: output,
    targetKeyArn: output,
  },
  references: [{ at: "targetKeyId", to: "keys", holds: false }],
  idOf: ({ name }) => name,
  outputsOf: ({ targetKeyId }, { id, configuration }) => ({
    arn: configuration.arn("kms", id),
    targetKeyArn: text(configuration.store.get("keys", targetKeyId)?.outputs["arn"]),
  }),
});

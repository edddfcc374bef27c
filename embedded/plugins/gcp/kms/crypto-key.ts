import { text } from "../../cloud/values.ts";
import type { Properties } from "../../provider/property.ts";
import { oneOf } from "../../provider/validate.ts";
import type { Value } from "../../provider/value.ts";
import { deletionPolicy, labels } from "../columns.ts";
import { google } from "../google.ts";
import { keyName } from "../rules.ts";
import { ringPath } from "./paths.ts";

const properties = {
  ...labels,
  deletionPolicy,
  destroyScheduledDuration: { type: "string", computed: true, replaces: true, validate: duration },
  importOnly: { type: "boolean", computed: true, replaces: true },
  keyRing: {
    type: "string",
    required: true,
    replaces: true,
    suppress: (one, other) => ringPath(text(one)) === ringPath(text(other)),
  },
  name: { type: "string", autoName: true, replaces: true, validate: keyName },
  primaries: {
    type: { list: { object: { name: { type: "string" }, state: { type: "string" } } } },
    output: true,
  },
  purpose: {
    type: "string",
    default: "ENCRYPT_DECRYPT",
    replaces: true,
    validate: oneOf("ENCRYPT_DECRYPT", "ASYMMETRIC_SIGN", "ASYMMETRIC_DECRYPT", "RAW_ENCRYPT_DECRYPT", "MAC"),
  },
  rotationPeriod: { type: "string", validate: rotation },
  skipInitialVersionCreation: { type: "boolean" },
  versionTemplate: {
    type: {
      object: {
        algorithm: { type: "string", required: true },
        protectionLevel: {
          type: "string",
          default: "SOFTWARE",
          replaces: true,
          validate: oneOf("SOFTWARE", "HSM", "EXTERNAL", "EXTERNAL_VPC", "HSM_SINGLE_TENANT"),
        },
      },
    },
    computed: true,
  },
} as const satisfies Properties;

/** Its versions are destroyed with the stack; its name is taken for good: https://cloud.google.com/kms/docs/destroy-restore */
export const cryptoKey = google({
  type: "cryptoKeys",
  schemaVersion: 1,
  api: "cloudkms.googleapis.com",
  properties,
  remains: () => true,
  references: [{ at: "keyRing", to: "keyRings", names: ringPath }],
  judge: ({ purpose, rotationPeriod }) =>
    rotationPeriod !== undefined && purpose !== "ENCRYPT_DECRYPT"
      ? `googleapi: Error 400: keys for ${purpose} are not rotated, badRequest: leave rotationPeriod out`
      : undefined,
  pathOf: ({ keyRing, name }) => `${ringPath(keyRing)}/cryptoKeys/${name}`,
  outputsOf: (inputs, { id }) => ({
    destroyScheduledDuration: inputs.destroyScheduledDuration ?? "2592000s",
    importOnly: inputs.importOnly ?? false,
    primaries: inputs.skipInitialVersionCreation
      ? []
      : [{ name: `${id}/cryptoKeyVersions/1`, state: "ENABLED" }],
    versionTemplate: inputs.versionTemplate ?? {
      algorithm: "GOOGLE_SYMMETRIC_ENCRYPTION",
      protectionLevel: "SOFTWARE",
    },
  }),
});

function duration(value: Value): string | undefined {
  return typeof value === "string" && !/^\d+(\.\d{1,9})?s$/.test(value)
    ? `'${value}' is no duration: give seconds, as in '7776000s'`
    : undefined;
}

/** At least a day: https://cloud.google.com/kms/docs/key-rotation */
function rotation(value: Value): string | undefined {
  const problem = duration(value);
  if (problem !== undefined || typeof value !== "string" || Number.parseFloat(value) >= 86_400)
    return problem;
  return `'${value}' is too short: a key is rotated after a day ('86400s') at the earliest`;
}

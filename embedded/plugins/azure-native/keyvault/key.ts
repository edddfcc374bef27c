import { uuid } from "../../cloud/ids.ts";
import { named } from "../../cloud/names.ts";
import { valuesOf } from "../../provider/bridge/types.ts";
import type { Value, Values } from "../../provider/value.ts";
import { storedAt } from "../native/identity.ts";
import { native } from "../native/native.ts";
import { nameOf, parentOf } from "../native/path.ts";
import { choice, flag, output, tags, text } from "../native/properties.ts";

const operations = { type: { list: "string" } } as const;
const attributes = {
  enabled: flag,
  exportable: flag,
  expires: { type: "integer" },
  notBefore: { type: "integer" },
} as const;
const rotationPolicy = {
  attributes: { type: { object: { expiryTime: text } } },
  lifetimeActions: {
    type: {
      list: {
        object: {
          action: { type: { object: { type: choice("rotate", "notify") } } },
          trigger: { type: { object: { timeAfterCreate: duration(), timeBeforeExpiry: duration() } } },
        },
      },
    },
  },
} as const;

/** https://learn.microsoft.com/azure/key-vault/keys/about-keys-details */
const rsaSizes = [2048, 3072, 4096];

/** A key of a vault. No key is made here: its addresses are all there is of it. */
export const key = native({
  path: "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.KeyVault/vaults/{vaultName}/keys/{keyName}",
  apiVersion: "2024-11-01",
  properties: {
    // Azure takes them when the key is made, and answers them one level higher.
    properties: {
      required: true,
      type: {
        object: {
          kty: choice("RSA", "RSA-HSM", "EC", "EC-HSM"),
          keySize: { type: "integer", validate: rsaSize },
          curveName: choice("P-256", "P-384", "P-521", "P-256K"),
          keyOps: operations,
          attributes: { type: { object: attributes } },
          rotationPolicy: { type: { object: rotationPolicy } },
        },
      },
    },
    tags,
    location: output,
    kty: output,
    keySize: { type: "integer", output: true },
    curveName: output,
    keyOps: { ...operations, output: true },
    attributes: { type: { object: attributes }, output: true },
    rotationPolicy: { type: { object: rotationPolicy }, output: true },
    keyUri: output,
    keyUriWithVersion: output,
  },
  validateName: named({
    pattern: /^[A-Za-z0-9-]{1,127}$/,
    allowed: "1 to 127 letters, digits and -",
  }),
  judge: (inputs, { outputs }) => problemOfChange(valuesOf(inputs["properties"]), outputs),
  outputsOf: ({ properties }, { id, azure }) => {
    const given = valuesOf(properties);
    const uri = `https://${nameOf(parentOf(id))}.vault.azure.net/keys/${nameOf(id)}`;
    return {
      ...given,
      kty: given["kty"] ?? "RSA",
      attributes: { enabled: true, ...valuesOf(given["attributes"]) },
      location: storedAt(parentOf(id), azure.store)?.outputs["location"] ?? null,
      keyUri: uri,
      keyUriWithVersion: `${uri}/${uuid(id).replaceAll("-", "")}`,
    };
  },
});

function duration() {
  return {
    type: "string",
    validate: (value: Value) =>
      typeof value === "string" && !/^P(?=\d)(?:\d+Y)?(?:\d+M)?(?:\d+D)?$/.test(value)
        ? `'${value}' is no duration of days, months or years as ISO 8601 writes it: P90D`
        : undefined,
  } as const;
}

function rsaSize(value: Value): string | undefined {
  return typeof value === "number" && !rsaSizes.includes(value)
    ? `'${value}' is no size of RSA keys: use one of ${rsaSizes.join(", ")}`
    : undefined;
}

/** Azure Resource Manager makes keys and never changes them. */
function problemOfChange(wanted: Values, outputs: Values | undefined): string | undefined {
  const changed = ["kty", "keySize", "curveName"].filter(
    (name) => name in wanted && outputs?.[name] !== undefined && outputs[name] !== wanted[name],
  );
  return changed.length === 0
    ? undefined
    : `the key's ${changed.join(", ")} cannot be changed: give a new key another name`;
}

/**
 * What each kind of key, request and certificate takes and answers.
 * Source of the facts: the SDK of the official plugin 5.6.1, and the schema of its Terraform provider 4.
 */
import type { Properties, Property } from "../provider/property.ts";
import { atLeast, oneOf } from "../provider/validate.ts";
import { usages } from "./usages.ts";

const output = { type: "string", output: true } as const satisfies Property;
const secretOutput = { type: "string", output: true, secret: true } as const satisfies Property;
const pem = { type: "string", required: true, replaces: true } as const satisfies Property;
const names = { type: { list: "string" }, replaces: true } as const satisfies Property;

/** A key in PEM; the kind that is written only is used and not kept, and a new version of it replaces. */
const secretPem = { type: "string", replaces: true, secret: true } as const satisfies Property;
const writeOnlyPem = { type: "string", secret: true, suppress: () => true } as const satisfies Property;
const writeOnlyVersion = { type: "integer", replaces: true } as const satisfies Property;

const text = { type: "string", replaces: true } as const satisfies Property;
const subject = {
  type: {
    object: {
      commonName: text,
      country: text,
      emailAddress: text,
      locality: text,
      organization: text,
      organizationalUnit: text,
      postalCode: text,
      province: text,
      serialNumber: text,
      streetAddresses: { type: { list: "string" }, replaces: true },
    },
  },
  replaces: true,
} as const satisfies Property;

export const privateKeyProperties = {
  algorithm: {
    type: "string",
    required: true,
    replaces: true,
    validate: oneOf("RSA", "ECDSA", "ED25519"),
  },
  ecdsaCurve: {
    type: "string",
    default: "P224",
    replaces: true,
    validate: oneOf("P224", "P256", "P384", "P521"),
  },
  rsaBits: { type: "integer", default: 2048, replaces: true, validate: atLeast(1024) },
  id: output,
  privateKeyOpenssh: secretOutput,
  privateKeyPem: secretOutput,
  privateKeyPemPkcs8: secretOutput,
  publicKeyFingerprintMd5: output,
  publicKeyFingerprintSha256: output,
  publicKeyOpenssh: output,
  publicKeyPem: output,
} as const satisfies Properties;

export const certRequestProperties = {
  dnsNames: names,
  ipAddresses: names,
  privateKeyPem: secretPem,
  privateKeyPemWo: writeOnlyPem,
  privateKeyPemWoVersion: writeOnlyVersion,
  subject,
  uris: names,
  certRequestPem: output,
  id: output,
  keyAlgorithm: output,
} as const satisfies Properties;

const certificateProperties = {
  allowedUses: {
    type: { list: "string" },
    required: true,
    replaces: true,
    validate: (value) =>
      Array.isArray(value) ? value.map(oneOf(...Object.keys(usages))).find((each) => each) : undefined,
  },
  earlyRenewalHours: { type: "integer", default: 0, validate: atLeast(0) },
  isCaCertificate: { type: "boolean", default: false, replaces: true },
  maxPathLength: { type: "integer", computed: true, replaces: true, validate: atLeast(-1) },
  setSubjectKeyId: { type: "boolean", default: false, replaces: true },
  validityPeriodHours: { type: "integer", required: true, replaces: true, validate: atLeast(0) },
  certPem: output,
  id: output,
  readyForRenewal: { type: "boolean", output: true, replaces: true },
  validityEndTime: output,
  validityStartTime: output,
} as const satisfies Properties;

export const selfSignedCertProperties = {
  ...certificateProperties,
  dnsNames: names,
  ipAddresses: names,
  privateKeyPem: secretPem,
  privateKeyPemWo: writeOnlyPem,
  privateKeyPemWoVersion: writeOnlyVersion,
  setAuthorityKeyId: { type: "boolean", default: false, replaces: true },
  subject,
  uris: names,
  keyAlgorithm: output,
} as const satisfies Properties;

export const locallySignedCertProperties = {
  ...certificateProperties,
  caCertPem: pem,
  caPrivateKeyPem: secretPem,
  caPrivateKeyPemWo: writeOnlyPem,
  caPrivateKeyPemWoVersion: writeOnlyVersion,
  certRequestPem: pem,
  caKeyAlgorithm: output,
} as const satisfies Properties;

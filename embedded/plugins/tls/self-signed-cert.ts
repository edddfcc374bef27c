import { AsnConvert } from "@peculiar/asn1-schema";
import { SubjectPublicKeyInfo } from "@peculiar/asn1-x509";
import { bridged } from "../provider/bridge/bridged.ts";
import { issue, keyIdentifier } from "./certificate.ts";
import { givenKey, oneKey } from "./given-key.ts";
import { algorithmOf, publicKeyInfo } from "./keys.ts";
import { alternativeNames, distinguishedName } from "./names.ts";
import { selfSignedCertProperties } from "./properties.ts";
import { refreshed, renewedInTime } from "./renewal.ts";

export const selfSignedCert = bridged({
  properties: selfSignedCertProperties,
  bridge: "framework",
  validate: oneKey("privateKeyPem"),
  amendPlan: renewedInTime,
  async create({ inputs }) {
    const { privateKeyPemWo, ...kept } = inputs;
    const key = givenKey(inputs.privateKeyPem, privateKeyPemWo);
    const publicKey = AsnConvert.parse(publicKeyInfo(key), SubjectPublicKeyInfo);
    if (inputs.setAuthorityKeyId && !inputs.setSubjectKeyId && !inputs.isCaCertificate)
      throw new Error("setAuthorityKeyId needs a subject key identifier to name: set setSubjectKeyId too");
    const subject = distinguishedName(inputs.subject);
    const { id, outputs } = issue({
      ...inputs,
      subject,
      issuer: subject,
      issuerKey: key,
      publicKey,
      names: alternativeNames(inputs),
      authorityKeyId: inputs.setAuthorityKeyId ? keyIdentifier(publicKey) : undefined,
    });
    return { id, outputs: { ...kept, ...outputs, keyAlgorithm: algorithmOf(key) } };
  },
  async read({ id, outputs }) {
    if (!outputs) throw new Error("a certificate cannot be imported: its private key is not in it");
    return { id, outputs: refreshed(outputs) };
  },
});

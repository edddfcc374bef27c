import { createHash } from "node:crypto";
import { AsnConvert } from "@peculiar/asn1-schema";
import { Attributes, CertificationRequest, CertificationRequestInfo } from "@peculiar/asn1-csr";
import {
  Attribute,
  Extensions,
  id_ce_subjectAltName,
  SubjectAlternativeName,
  SubjectPublicKeyInfo,
  type GeneralName,
} from "@peculiar/asn1-x509";
import { bridged } from "../provider/bridge/bridged.ts";
import { extension } from "./certificate.ts";
import { givenKey, oneKey } from "./given-key.ts";
import { algorithmOf, publicKeyInfo, signatureOf, signed } from "./keys.ts";
import { alternativeNames, distinguishedName } from "./names.ts";
import { toPem } from "./pem.ts";
import { certRequestProperties } from "./properties.ts";

/** PKCS #9's attribute of a request for extensions (RFC 2985, 5.4.2). */
export const extensionRequest = "1.2.840.113549.1.9.14";

export const certRequest = bridged({
  properties: certRequestProperties,
  bridge: "framework",
  validate: oneKey("privateKeyPem"),
  async create({ inputs }) {
    const { privateKeyPemWo, ...kept } = inputs;
    const key = givenKey(inputs.privateKeyPem, privateKeyPemWo);
    const contents = new CertificationRequestInfo({
      subject: distinguishedName(inputs.subject),
      subjectPKInfo: AsnConvert.parse(publicKeyInfo(key), SubjectPublicKeyInfo),
      attributes: new Attributes(attributes(alternativeNames(inputs))),
    });
    const request = AsnConvert.serialize(
      new CertificationRequest({
        certificationRequestInfo: contents,
        signatureAlgorithm: signatureOf(key).identifier,
        signature: signed(key, AsnConvert.serialize(contents)),
      }),
    );
    return {
      id: createHash("sha1").update(Buffer.from(request)).digest("hex"),
      outputs: {
        ...kept,
        certRequestPem: toPem("CERTIFICATE REQUEST", request),
        keyAlgorithm: algorithmOf(key),
      },
    };
  },
});

function attributes(names: readonly GeneralName[]): Attribute[] {
  if (names.length === 0) return [];
  const wanted = new Extensions([extension(id_ce_subjectAltName, new SubjectAlternativeName([...names]))]);
  return [new Attribute({ type: extensionRequest, values: [AsnConvert.serialize(wanted)] })];
}

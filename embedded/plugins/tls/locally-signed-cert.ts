import { createPublicKey, verify, X509Certificate, type KeyObject } from "node:crypto";
import { AsnConvert } from "@peculiar/asn1-schema";
import { CertificationRequest } from "@peculiar/asn1-csr";
import {
  Certificate,
  Extensions,
  id_ce_subjectAltName,
  id_ce_subjectKeyIdentifier,
  SubjectAlternativeName,
  SubjectKeyIdentifier,
  type GeneralName,
} from "@peculiar/asn1-x509";
import { bridged } from "../provider/bridge/bridged.ts";
import { extensionRequest } from "./cert-request.ts";
import { issue } from "./certificate.ts";
import { givenKey, oneKey } from "./given-key.ts";
import { algorithmOf, signatureOf } from "./keys.ts";
import { fromPem } from "./pem.ts";
import { locallySignedCertProperties } from "./properties.ts";
import { refreshed, renewedInTime } from "./renewal.ts";

export const locallySignedCert = bridged({
  properties: locallySignedCertProperties,
  bridge: "framework",
  validate: oneKey("caPrivateKeyPem"),
  amendPlan: renewedInTime,
  async create({ inputs }, { log }) {
    const { caPrivateKeyPemWo, ...kept } = inputs;
    const issuerKey = givenKey(inputs.caPrivateKeyPem, caPrivateKeyPemWo);
    const authority = readAuthority(inputs.caCertPem, issuerKey);
    if (!authority.isAuthority)
      log(
        "warning",
        "the certificate in caCertPem is not that of a certificate authority: validation may fail",
      );
    const request = readRequest(inputs.certRequestPem);
    const { id, outputs } = issue({
      ...inputs,
      ...request,
      issuer: authority.subject,
      issuerKey,
      authorityKeyId: authority.keyId,
    });
    return { id, outputs: { ...kept, ...outputs, caKeyAlgorithm: algorithmOf(issuerKey) } };
  },
  async read({ id, outputs }) {
    if (!outputs) throw new Error("a certificate cannot be imported: its authority's key is not in it");
    return { id, outputs: refreshed(outputs) };
  },
});

function readAuthority(pem: string, key: KeyObject) {
  const der = fromPem("CERTIFICATE", pem);
  const certificate = new X509Certificate(der);
  if (!certificate.checkPrivateKey(key))
    throw new Error("the key in caPrivateKeyPem does not belong to the certificate in caCertPem");
  const { tbsCertificate } = AsnConvert.parse(der, Certificate);
  const keyId = tbsCertificate.extensions?.find(({ extnID }) => extnID === id_ce_subjectKeyIdentifier);
  return {
    isAuthority: certificate.ca,
    subject: tbsCertificate.subject,
    keyId: keyId && AsnConvert.parse(keyId.extnValue.buffer, SubjectKeyIdentifier).buffer,
  };
}

/** Reads what a request asks for. Its signature proves that whoever asks has the key. */
function readRequest(pem: string) {
  const request = AsnConvert.parse(fromPem("CERTIFICATE REQUEST", pem), CertificationRequest);
  const contents = request.certificationRequestInfo;
  const publicKey = createPublicKey({
    key: Buffer.from(AsnConvert.serialize(contents.subjectPKInfo)),
    format: "der",
    type: "spki",
  });
  const signedPart = Buffer.from(request.certificationRequestInfoRaw ?? AsnConvert.serialize(contents));
  if (!verify(signatureOf(publicKey).hash, signedPart, publicKey, Buffer.from(request.signature)))
    throw new Error("the signature of the certificate request in certRequestPem is wrong");
  return { subject: contents.subject, publicKey: contents.subjectPKInfo, names: wantedNames(contents) };
}

function wantedNames({
  attributes,
}: CertificationRequest["certificationRequestInfo"]): readonly GeneralName[] {
  const [wanted] = attributes?.find(({ type }) => type === extensionRequest)?.values ?? [];
  if (!wanted) return [];
  const names = AsnConvert.parse(wanted, Extensions).find(({ extnID }) => extnID === id_ce_subjectAltName);
  return names ? [...AsnConvert.parse(names.extnValue.buffer, SubjectAlternativeName)] : [];
}

import { createHash, randomBytes, type KeyObject } from "node:crypto";
import { AsnConvert, OctetString } from "@peculiar/asn1-schema";
import {
  AuthorityKeyIdentifier,
  BasicConstraints,
  Certificate,
  ExtendedKeyUsage,
  Extension,
  Extensions,
  id_ce_authorityKeyIdentifier,
  id_ce_basicConstraints,
  id_ce_extKeyUsage,
  id_ce_keyUsage,
  id_ce_subjectAltName,
  id_ce_subjectKeyIdentifier,
  KeyIdentifier,
  KeyUsage,
  SubjectAlternativeName,
  SubjectKeyIdentifier,
  TBSCertificate,
  Validity,
  Version,
  type GeneralName,
  type Name,
  type SubjectPublicKeyInfo,
} from "@peculiar/asn1-x509";
import { buffer, signatureOf, signed } from "./keys.ts";
import { toPem } from "./pem.ts";
import { usages } from "./usages.ts";

/** What a new certificate says, and who signs it. */
export interface Issue {
  readonly subject: Name;
  readonly names: readonly GeneralName[];
  readonly publicKey: SubjectPublicKeyInfo;
  readonly issuer: Name;
  readonly issuerKey: KeyObject;
  /** The issuer's own key identifier, which the certificate then names. */
  readonly authorityKeyId?: ArrayBuffer | undefined;
  readonly allowedUses: readonly string[];
  readonly isCaCertificate: boolean;
  readonly maxPathLength?: number | undefined;
  readonly setSubjectKeyId: boolean;
  readonly validityPeriodHours: number;
  readonly earlyRenewalHours: number;
}

/** Signs a certificate, and answers it as the state keeps it. */
export function issue(request: Issue) {
  if (request.isCaCertificate && request.subject.length === 0)
    throw new Error(
      "the subject is empty, but a certificate authority must have one: set at least subject.commonName",
    );
  const start = new Date();
  start.setUTCMilliseconds(0);
  const end = new Date(start.getTime() + request.validityPeriodHours * 3_600_000);
  const serialNumber = newSerialNumber();
  const contents = new TBSCertificate({
    version: Version.v3,
    serialNumber: buffer(serialNumber),
    signature: signatureOf(request.issuerKey).identifier,
    issuer: request.issuer,
    validity: new Validity({ notBefore: start, notAfter: end }),
    subject: request.subject,
    subjectPublicKeyInfo: request.publicKey,
    extensions: new Extensions(extensions(request)),
  });
  const certificate = new Certificate({
    tbsCertificate: contents,
    signatureAlgorithm: signatureOf(request.issuerKey).identifier,
    signatureValue: signed(request.issuerKey, AsnConvert.serialize(contents)),
  });
  return {
    id: BigInt(`0x${serialNumber.toString("hex")}`).toString(),
    outputs: {
      certPem: toPem("CERTIFICATE", AsnConvert.serialize(certificate)),
      readyForRenewal: request.earlyRenewalHours >= request.validityPeriodHours,
      validityStartTime: rfc3339(start),
      validityEndTime: rfc3339(end),
    },
  };
}

/** RFC 5280, 4.2.1.2: the SHA-1 of the public key's bits. */
export function keyIdentifier(publicKey: SubjectPublicKeyInfo): ArrayBuffer {
  return buffer(createHash("sha1").update(Buffer.from(publicKey.subjectPublicKey)).digest());
}

function extensions(request: Issue): Extension[] {
  const uses = request.allowedUses.flatMap((name) => usages[name] ?? []);
  const flags = uses.reduce((sum, use) => ("flag" in use ? sum | use.flag : sum), 0);
  const purposes = uses.flatMap((use) => ("purpose" in use ? [use.purpose] : []));
  const pathLength = request.maxPathLength ?? -1;
  const constraints = new BasicConstraints({
    cA: request.isCaCertificate,
    ...(request.isCaCertificate && pathLength >= 0 ? { pathLenConstraint: pathLength } : {}),
  });
  const subjectKeyId =
    request.setSubjectKeyId || request.isCaCertificate ? keyIdentifier(request.publicKey) : undefined;
  const { authorityKeyId, names } = request;
  return [
    ...(flags ? [extension(id_ce_keyUsage, new KeyUsage(flags), true)] : []),
    ...(purposes.length > 0 ? [extension(id_ce_extKeyUsage, new ExtendedKeyUsage(purposes))] : []),
    extension(id_ce_basicConstraints, constraints, true),
    ...(subjectKeyId ? [extension(id_ce_subjectKeyIdentifier, new SubjectKeyIdentifier(subjectKeyId))] : []),
    ...(authorityKeyId
      ? [
          extension(
            id_ce_authorityKeyIdentifier,
            new AuthorityKeyIdentifier({ keyIdentifier: new KeyIdentifier(authorityKeyId) }),
          ),
        ]
      : []),
    ...(names.length > 0 ? [alternativeNamesExtension(names, request.subject)] : []),
  ];
}

/** RFC 5280, 4.2.1.6: critical if there is no subject to know the certificate by. */
function alternativeNamesExtension(names: readonly GeneralName[], subject: Name): Extension {
  return extension(id_ce_subjectAltName, new SubjectAlternativeName([...names]), subject.length === 0);
}

export function extension(extnID: string, value: object, critical = false): Extension {
  return new Extension({ extnID, critical, extnValue: new OctetString(AsnConvert.serialize(value)) });
}

/** 126 random bits after a one: a positive number of exactly 16 bytes, which needs no padding. */
function newSerialNumber(): Buffer {
  const bytes = randomBytes(16);
  bytes.writeUInt8((bytes.readUInt8(0) & 0x3f) | 0x40, 0);
  return bytes;
}

function rfc3339(time: Date): string {
  return time.toISOString().replace(".000Z", "Z");
}

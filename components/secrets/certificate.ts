import type { Resource } from "@pulumi/pulumi";
import { CertRequest, LocallySignedCert, PrivateKey, SelfSignedCert } from "@pulumi/tls";
import { Reference } from "../model/reference.ts";

/** Who signs certificates of servers that only the platform's own clients reach. */
export interface Authority {
  /** Certificate by which clients know what the authority signed, in PEM. */
  readonly certificate: Reference;
  readonly key: Reference;
}

/** A server's certificate and its key, in PEM. */
export interface Certificate {
  readonly certificate: Reference;
  readonly key: Reference;
}

const DAY = 24;
const ALGORITHM = { algorithm: "ECDSA", ecdsaCurve: "P256" };

/** Makes an authority of the platform's own, good for ten years. */
export function authority(name: string, parent: Resource): Authority {
  const key = new PrivateKey(`${name}-key`, ALGORITHM, { parent, protect: true });
  const { certPem } = new SelfSignedCert(
    name,
    {
      privateKeyPem: key.privateKeyPem,
      subject: { commonName: name },
      isCaCertificate: true,
      validityPeriodHours: 10 * 365 * DAY,
      allowedUses: ["cert_signing", "crl_signing", "digital_signature"],
    },
    { parent, protect: true },
  );
  return { certificate: Reference.plain(certPem), key: Reference.hidden(key.privateKeyPem) };
}

/** What a certificate is for. */
export interface CertificateArgs {
  readonly authority: Authority;
  readonly hosts: readonly string[];
  /**
   * Whether servers that have it are clients of each other, and prove themselves by it in that part, too.
   *
   * @defaultValue false
   */
  readonly mutual?: boolean;
}

/** Signs a server's certificate for its host names, good for a year; an update in its last month renews it. */
export function certificate(
  name: string,
  { authority: signer, hosts, mutual = false }: CertificateArgs,
  parent: Resource,
): Certificate {
  const key = new PrivateKey(`${name}-key`, ALGORITHM, { parent });
  const request = new CertRequest(
    name,
    { privateKeyPem: key.privateKeyPem, subject: { commonName: hosts[0]! }, dnsNames: [...hosts] },
    { parent },
  );
  const { certPem } = new LocallySignedCert(
    name,
    {
      certRequestPem: request.certRequestPem,
      caPrivateKeyPem: signer.key.value,
      caCertPem: signer.certificate.value,
      validityPeriodHours: 365 * DAY,
      earlyRenewalHours: 30 * DAY,
      allowedUses: [
        ...["digital_signature", "key_encipherment", "server_auth"],
        ...(mutual ? ["client_auth"] : []),
      ],
    },
    { parent },
  );
  return { certificate: Reference.plain(certPem), key: Reference.hidden(key.privateKeyPem) };
}

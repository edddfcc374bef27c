import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";
import { isIP } from "node:net";
import { AsnConvert } from "@peculiar/asn1-schema";
import { SubjectPublicKeyInfo } from "@peculiar/asn1-x509";
import { issue, keyIdentifier } from "../plugins/tls/certificate.ts";
import { newPrivateKey, publicKeyInfo } from "../plugins/tls/keys.ts";
import { alternativeNames, distinguishedName } from "../plugins/tls/names.ts";

/** A certificate and its private key, both in PEM. */
export interface KeyPair {
  readonly certificate: string;
  readonly key: string;
}

/** Who a certificate is for. */
export interface Holder {
  /** The common name: Kubernetes' user. */
  readonly user: string;
  /** The organization: Kubernetes' group of users. */
  readonly group?: string;
  /** Host names and addresses at which its holder serves; without any it is a client's certificate. */
  readonly hosts?: readonly string[];
}

/** Ten years: as long as the cluster's state is kept, which ends with `down`. */
const VALIDITY_HOURS = 10 * 365 * 24;

/** A new authority that signs itself. */
export async function newAuthority(name: string): Promise<KeyPair> {
  const privateKey = await newPrivateKey("ECDSA", 0, "P256");
  const subject = distinguishedName({ commonName: name });
  return sign(privateKey, {
    subject,
    issuer: subject,
    issuerKey: privateKey,
    names: [],
    allowedUses: ["cert_signing", "crl_signing", "digital_signature"],
    isCaCertificate: true,
  });
}

/** A new certificate of a client, or of a server that is a client of its peers as well. */
export async function newCertificate(
  authority: KeyPair,
  { user, group, hosts = [] }: Holder,
): Promise<KeyPair> {
  const [issuer] = new X509Certificate(authority.certificate).subject.split("\n");
  const issuerKey = createPrivateKey(authority.key);
  return sign(await newPrivateKey("ECDSA", 0, "P256"), {
    subject: distinguishedName({ commonName: user, ...(group === undefined ? {} : { organization: group }) }),
    issuer: distinguishedName({ commonName: issuer!.slice("CN=".length) }),
    issuerKey,
    authorityKeyId: keyIdentifier(publicKeyOf(issuerKey)),
    names: alternativeNames({
      dnsNames: hosts.filter((host) => isIP(host) === 0),
      ipAddresses: hosts.filter((host) => isIP(host) !== 0),
    }),
    allowedUses: ["digital_signature", "client_auth", ...(hosts.length > 0 ? ["server_auth"] : [])],
    isCaCertificate: false,
  });
}

type Wish = Omit<
  Parameters<typeof issue>[0],
  "publicKey" | "setSubjectKeyId" | "validityPeriodHours" | "earlyRenewalHours"
>;

function sign(privateKey: KeyObject, wish: Wish): KeyPair {
  const { outputs } = issue({
    ...wish,
    publicKey: publicKeyOf(privateKey),
    setSubjectKeyId: true,
    validityPeriodHours: VALIDITY_HOURS,
    earlyRenewalHours: 0,
  });
  return { certificate: outputs.certPem, key: pemOf(privateKey) };
}

function publicKeyOf(privateKey: KeyObject): SubjectPublicKeyInfo {
  return AsnConvert.parse(publicKeyInfo(privateKey), SubjectPublicKeyInfo);
}

function pemOf(privateKey: KeyObject): string {
  return privateKey.export({ type: "pkcs8", format: "pem" }).toString();
}

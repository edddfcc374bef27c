import { createPrivateKey, createPublicKey, generateKeyPair, sign, type KeyObject } from "node:crypto";
import { promisify } from "node:util";
import { AlgorithmIdentifier } from "@peculiar/asn1-x509";

export type Algorithm = "RSA" | "ECDSA" | "ED25519";

const generate = promisify(generateKeyPair);

/** OpenSSL's names of the curves. */
const curves: Readonly<Record<string, string>> = {
  P224: "secp224r1",
  P256: "prime256v1",
  P384: "secp384r1",
  P521: "secp521r1",
};

const generators: Readonly<
  Record<Algorithm, (bits: number, curve: string) => Promise<{ readonly privateKey: KeyObject }>>
> = {
  RSA: (bits) => generate("rsa", { modulusLength: bits }),
  ECDSA: (_, curve) => generate("ec", { namedCurve: curves[curve] ?? curve }),
  ED25519: () => generate("ed25519"),
};

export async function newPrivateKey(algorithm: Algorithm, bits: number, curve: string): Promise<KeyObject> {
  return (await generators[algorithm](bits, curve)).privateKey;
}

/** Reads a private key in PEM (PKCS#1, SEC 1 or PKCS#8). The error does not show the key. */
export function readPrivateKey(pem: string): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch {
    throw new Error(
      "the private key cannot be read: give an RSA, ECDSA or Ed25519 key in PEM, without a passphrase",
    );
  }
}

const algorithms: Readonly<Record<string, Algorithm>> = { rsa: "RSA", ec: "ECDSA", ed25519: "ED25519" };

export function algorithmOf(key: KeyObject): Algorithm {
  const algorithm = algorithms[key.asymmetricKeyType ?? ""];
  if (algorithm) return algorithm;
  throw new Error(`keys of type ${key.asymmetricKeyType} are not supported: use RSA, ECDSA or ED25519`);
}

/** A signature, with the identifier of its algorithm as certificates and requests carry it. */
interface SignatureAlgorithm {
  readonly identifier: AlgorithmIdentifier;
  readonly hash: "sha256" | "sha384" | "sha512" | null;
}

const derNull = new Uint8Array([5, 0]).buffer;

/** By the type of the key and its curve. Source: RFC 4055, RFC 5758 and RFC 8410; the hash is as long as the key is strong. */
const signatures: Readonly<Record<string, SignatureAlgorithm>> = {
  rsa: signature("1.2.840.113549.1.1.11", "sha256", derNull),
  "ec secp224r1": signature("1.2.840.10045.4.3.2", "sha256"),
  "ec prime256v1": signature("1.2.840.10045.4.3.2", "sha256"),
  "ec secp384r1": signature("1.2.840.10045.4.3.3", "sha384"),
  "ec secp521r1": signature("1.2.840.10045.4.3.4", "sha512"),
  ed25519: signature("1.3.101.112", null),
};

function signature(
  algorithm: string,
  hash: SignatureAlgorithm["hash"],
  parameters?: ArrayBuffer,
): SignatureAlgorithm {
  return { identifier: new AlgorithmIdentifier({ algorithm, ...(parameters ? { parameters } : {}) }), hash };
}

export function signatureOf(key: KeyObject): SignatureAlgorithm {
  const curve = key.asymmetricKeyDetails?.namedCurve;
  const name = [key.asymmetricKeyType, ...(curve === undefined ? [] : [curve])].join(" ");
  const found = signatures[name];
  if (found) return found;
  throw new Error(
    `a key of type '${name}' cannot sign here: use RSA, ECDSA with P224, P256, P384 or P521, or ED25519`,
  );
}

export function signed(key: KeyObject, data: ArrayBuffer): ArrayBuffer {
  return buffer(sign(signatureOf(key).hash, Buffer.from(data), key));
}

/** The DER of a key's public half, as certificates carry it. */
export function publicKeyInfo(privateKey: KeyObject): Buffer {
  return createPublicKey(privateKey).export({ type: "spki", format: "der" });
}

/** The bytes of a Node buffer alone: small ones are cut from a larger memory. */
export function buffer(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}

import { createHash, createPublicKey, type KeyObject } from "node:crypto";
import { bridged } from "../provider/bridge/bridged.ts";
import { newPrivateKey, publicKeyInfo, type Algorithm } from "./keys.ts";
import { privateOpenSsh, publicOpenSsh, supportsOpenSsh } from "./openssh.ts";
import { privateKeyProperties } from "./properties.ts";

export const privateKey = bridged({
  properties: privateKeyProperties,
  bridge: "framework",
  schemaVersion: 1,
  async create({ inputs }) {
    const key = await newPrivateKey(inputs.algorithm as Algorithm, inputs.rsaBits, inputs.ecdsaCurve);
    const id = createHash("sha1").update(publicKeyInfo(key)).digest("hex");
    return { id, outputs: { ...inputs, ...privateForms(key), ...publicForms(key) } };
  },
});

/** The classic form of each algorithm: PKCS#1, SEC 1, and PKCS#8 for Ed25519, which has no other. */
const classicForms = { rsa: "pkcs1", ec: "sec1", ed25519: "pkcs8" } as const;

function privateForms(key: KeyObject) {
  const type = classicForms[key.asymmetricKeyType as keyof typeof classicForms];
  return {
    privateKeyPem: key.export({ type, format: "pem" }).toString(),
    privateKeyPemPkcs8: key.export({ type: "pkcs8", format: "pem" }).toString(),
    privateKeyOpenssh: supportsOpenSsh(key) ? privateOpenSsh(key) : "",
  };
}

function publicForms(key: KeyObject) {
  const { line, md5, sha256 } = supportsOpenSsh(key) ? publicOpenSsh(key) : { line: "", md5: "", sha256: "" };
  return {
    publicKeyPem: createPublicKey(key).export({ type: "spki", format: "pem" }).toString(),
    publicKeyOpenssh: line,
    publicKeyFingerprintMd5: md5,
    publicKeyFingerprintSha256: sha256,
  };
}

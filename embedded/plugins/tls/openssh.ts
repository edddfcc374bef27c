/**
 * Keys in OpenSSH's formats: `authorized_keys` lines (RFC 4253, 6.6; RFC 5656; RFC 8709) and `openssh-key-v1` files (OpenSSH's
 * PROTOCOL.key). Node reads and writes neither.
 */
import { createHash, randomBytes, type JsonWebKey, type KeyObject } from "node:crypto";
import { toPem } from "./pem.ts";

/** A key as OpenSSH sees it: the name of its type, and its parts in the order of the public and the private form. */
interface Form {
  readonly type: string;
  readonly publicParts: readonly Buffer[];
  readonly privateParts: readonly Buffer[];
}

const forms: Readonly<Record<string, (key: JsonWebKey) => Form>> = {
  RSA: (key) => {
    const [n, e, d, qi, p, q] = [key.n, key.e, key.d, key.qi, key.p, key.q].map(positive);
    return {
      type: "ssh-rsa",
      publicParts: given([e, n]),
      privateParts: given([n, e, d, qi, p, q]),
    };
  },
  EC: (key) => {
    const curve = `nistp${key.crv?.slice(2)}`;
    const point = Buffer.concat([Buffer.of(4), bytes(key.x), bytes(key.y)]);
    const parts = [Buffer.from(curve), point];
    return {
      type: `ecdsa-sha2-${curve}`,
      publicParts: parts,
      privateParts: [...parts, positive(key.d)],
    };
  },
  OKP: (key) => ({
    type: "ssh-ed25519",
    publicParts: [bytes(key.x)],
    privateParts: [bytes(key.x), Buffer.concat([bytes(key.d), bytes(key.x)])],
  }),
};

/** OpenSSH has no P-224; nor has Node's JSON form of keys. */
export function supportsOpenSsh(key: KeyObject): boolean {
  return key.asymmetricKeyDetails?.namedCurve !== "secp224r1";
}

/** One line of an `authorized_keys` file, and the key's fingerprints as `ssh-keygen -l` shows them. */
export function publicOpenSsh(key: KeyObject): {
  readonly line: string;
  readonly md5: string;
  readonly sha256: string;
} {
  const { type } = formOf(key);
  const blob = publicBlob(key);
  const md5 = createHash("md5")
    .update(blob)
    .digest("hex")
    .replace(/..(?=.)/g, "$&:");
  const sha256 = createHash("sha256").update(blob).digest("base64").replace(/=+$/, "");
  return { line: `${type} ${blob.toString("base64")}\n`, md5, sha256: `SHA256:${sha256}` };
}

/** An unencrypted `openssh-key-v1` file. */
export function privateOpenSsh(key: KeyObject): string {
  const { type, privateParts } = formOf(key);
  const check = randomBytes(4);
  const comment = Buffer.alloc(0);
  const body = Buffer.concat([check, check, ...[Buffer.from(type), ...privateParts, comment].map(string)]);
  const padding = Buffer.from(Array.from({ length: (8 - (body.length % 8)) % 8 }, (_, index) => index + 1));
  const none = Buffer.from("none");
  return toPem(
    "OPENSSH PRIVATE KEY",
    Buffer.concat([
      Buffer.from("openssh-key-v1\0"),
      ...[none, none, Buffer.alloc(0)].map(string),
      Buffer.of(0, 0, 0, 1),
      string(publicBlob(key)),
      string(Buffer.concat([body, padding])),
    ]),
  );
}

function publicBlob(key: KeyObject): Buffer {
  const { type, publicParts } = formOf(key);
  return Buffer.concat([Buffer.from(type), ...publicParts].map(string));
}

function formOf(key: KeyObject): Form {
  const web = key.export({ format: "jwk" });
  const form = forms[web.kty ?? ""];
  if (!form) throw new Error(`OpenSSH has no form for keys of type ${web.kty}`);
  return form(web);
}

function string(value: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(value.length);
  return Buffer.concat([length, value]);
}

function bytes(text: string | undefined): Buffer {
  return Buffer.from(text ?? "", "base64url");
}

/** A number that is not to be read as negative: its first bit must be zero. */
function positive(text: string | undefined): Buffer {
  const value = bytes(text);
  return (value[0] ?? 0) & 0x80 ? Buffer.concat([Buffer.of(0), value]) : value;
}

function given(parts: readonly (Buffer | undefined)[]): readonly Buffer[] {
  return parts.filter((part) => part !== undefined);
}

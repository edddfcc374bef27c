import { randomBytes, randomUUID } from "node:crypto";
import { bridged } from "../provider/bridge/bridged.ts";
import type { Resource } from "../provider/resource.ts";
import { bytesProperties, idProperties, uuidProperties } from "./properties.ts";

export const randomBytesResource = bridged({
  properties: bytesProperties,
  bridge: "framework",
  async create({ inputs }) {
    const bytes = randomBytes(inputs.length);
    return { id: bytes.toString("base64"), outputs: { ...inputs, ...encodedSecret(bytes) } };
  },
  async read({ id, outputs }) {
    if (outputs) return { id, outputs };
    const bytes = decode(id, "base64");
    return { id, outputs: { length: bytes.length, ...encodedSecret(bytes) } };
  },
});

export const randomId = bridged({
  properties: idProperties,
  bridge: "framework",
  async create({ inputs }) {
    const bytes = randomBytes(inputs.byteLength);
    return {
      id: bytes.toString("base64url"),
      outputs: { ...inputs, ...encoded(bytes, inputs.prefix ?? "") },
    };
  },
  /** An import may name the prefix before a comma: `k-,nxEKDg`. */
  async read({ id, outputs }) {
    if (outputs) return { id, outputs };
    const comma = id.lastIndexOf(",");
    const prefix = id.slice(0, Math.max(comma, 0));
    const own = id.slice(comma + 1);
    const bytes = decode(own, "base64url");
    return {
      id: own,
      outputs: { byteLength: bytes.length, ...(prefix ? { prefix } : {}), ...encoded(bytes, prefix) },
    };
  },
});

/** Sixteen random bytes in the form of a UUID, without the marks of a version: the official plugin's kind. */
export const randomUuid = uuid(
  () => formatUuid(randomBytes(16)),
  /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
);
export const randomUuid4 = uuid(
  randomUUID,
  /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i,
);
export const randomUuid7 = uuid(
  uuid7,
  /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i,
);

function uuid(make: () => string, form: RegExp): Resource {
  return bridged({
    properties: uuidProperties,
    bridge: "framework",
    async create({ inputs }) {
      const result = make();
      return { id: result, outputs: { ...inputs, result } };
    },
    async read({ id, outputs }) {
      if (outputs) return { id, outputs };
      if (!form.test(id)) throw new Error(`'${id}' is not a UUID of this kind`);
      return { id: id.toLowerCase(), outputs: { result: id.toLowerCase() } };
    },
  });
}

/** RFC 9562: 48 bits of milliseconds, then the version, the variant, and 74 random bits. */
function uuid7(): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(Date.now(), 0, 6);
  bytes.writeUInt8(0x70 | (bytes.readUInt8(6) & 0x0f), 6);
  bytes.writeUInt8(0x80 | (bytes.readUInt8(8) & 0x3f), 8);
  return formatUuid(bytes);
}

function formatUuid(bytes: Buffer): string {
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function encodedSecret(bytes: Buffer) {
  return { base64: bytes.toString("base64"), hex: bytes.toString("hex") };
}

function encoded(bytes: Buffer, prefix: string) {
  return {
    b64Std: prefix + bytes.toString("base64"),
    b64Url: prefix + bytes.toString("base64url"),
    dec: prefix + BigInt(`0x0${bytes.toString("hex")}`).toString(),
    hex: prefix + bytes.toString("hex"),
  };
}

/** Node reads past characters that do not belong: what does not come out as it went in was not of this encoding. */
function decode(text: string, encoding: "base64" | "base64url"): Buffer {
  const bytes = Buffer.from(text, encoding);
  if (text === "" || bytes.toString(encoding) !== text)
    throw new Error(`the id to import is not ${encoding}: give the bytes in that encoding`);
  return bytes;
}

import struct, { type Struct } from "google-protobuf/google/protobuf/struct_pb.js";
import type { Properties, PropertyType } from "./property.ts";
import { isValues, unknown, type Value, type Values } from "./value.ts";

/** Pulumi marks values that are more than JSON by an object with this key; its value says what kind. */
const signatureKey = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";
const outputSignature = "d0e6a833031e9bbcd3f4e8bde6ca49a4";

/** How the engine writes an unknown boolean, number, string, array, asset, archive and object. */
const unknowns: ReadonlySet<Value> = new Set([
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  unknown,
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

/** Reads a message's properties as plain JSON: secrets unwrapped, everything unknown as `unknown`. */
export function readStruct(message: Struct | undefined): Values {
  const read: Value = message ? plain(message.toJavaScript()) : {};
  return isValues(read) ? read : {};
}

/** As `readStruct`, but secrets stay marked, as `secret` marks them. */
export function readMarkedStruct(message: Struct | undefined): Values {
  const read: Value = message ? marked(message.toJavaScript()) : {};
  return isValues(read) ? read : {};
}

/** Marks a value as secret, once. */
export function secret(value: Value): Value {
  return isSecret(value) ? value : { [signatureKey]: secretSignature, value };
}

export function isSecret(value: Value | undefined): boolean {
  return isValues(value) && value[signatureKey] === secretSignature;
}

/** The value without any mark of a secret in it. */
export function revealed(values: Values): Values {
  const read = plain(values);
  return isValues(read) ? read : {};
}

export function writeStruct(values: Values): Struct {
  return struct.Struct.fromJavaScript(JSON.parse(JSON.stringify(values)));
}

function plain(value: Value): Value {
  return decoded(value, (inner) => inner);
}

function marked(value: Value): Value {
  return decoded(value, secret);
}

function decoded(value: Value, ofSecret: (inner: Value) => Value): Value {
  const inside = (each: Value): Value => decoded(each, ofSecret);
  if (Array.isArray(value)) {
    const elements: readonly Value[] = value;
    return elements.map(inside);
  }
  if (!isValues(value)) return unknowns.has(value) ? unknown : value;
  if (isSecret(value)) return ofSecret(inside(value["value"] ?? null));
  if (value[signatureKey] === outputSignature) {
    const known = "value" in value ? inside(value["value"] ?? null) : unknown;
    return value["secret"] === true ? ofSecret(known) : known;
  }
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, inside(each)]));
}

/** Wraps what the table calls secret, so that the engine encrypts and hides it. */
export function withSecrets(values: Values, table: Properties | undefined): Values {
  if (!table) return values;
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const property = table[name];
      if (!property || value === null) return [name, value];
      const inner = secretsInside(value, property.type);
      return [name, property.secret ? secret(inner) : inner];
    }),
  );
}

function secretsInside(value: Value, type: PropertyType): Value {
  if (typeof type === "string") return value;
  if ("object" in type) return isValues(value) ? withSecrets(value, type.object) : value;
  const element = "list" in type ? type.list : "set" in type ? type.set : type.map;
  if (Array.isArray(value)) {
    const elements: readonly Value[] = value;
    return elements.map((each) => secretsInside(each, element));
  }
  return value;
}

import { z } from "zod";
import { distanceNames } from "./distance.ts";

const property = z.looseObject({ name: z.string(), dataType: z.array(z.string()).min(1) });

/** Names are written with a capital, as Weaviate does where a client does not. */
const className = z
  .string()
  .regex(/^[A-Za-z][_0-9A-Za-z]{0,255}$/, "is not a valid class name")
  .transform((name) => name.charAt(0).toUpperCase() + name.slice(1));

/** What a class is made with. Vectors with names and vectorizers are refused: there is none here. */
export const classSchema = z.looseObject({
  class: className,
  vectorizer: z.literal("none").default("none"),
  vectorConfig: z.null().optional(),
  // How it is indexed makes no difference: every search compares all objects.
  vectorIndexConfig: z.looseObject({ distance: z.enum(distanceNames).default("cosine") }).prefault({}),
  properties: z.array(property).default([]),
});

/** A class of objects. */
export type ObjectClass = z.infer<typeof classSchema>;

const properties = z.record(z.string(), z.unknown());

/** An object as it is given. */
export const objectSchema = z.object({
  class: className,
  id: z.guid().optional(),
  vector: z.array(z.number()).min(1).nullish(),
  vectors: z.null().optional(),
  properties: properties.nullish(),
});

/** An object as it is given. */
export type GivenObject = z.infer<typeof objectSchema>;

/** An object as it is kept. */
export interface StoredObject {
  readonly class: string;
  readonly id: string;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly vector: Float32Array | undefined;
  /** Milliseconds since 1970. */
  readonly creationTimeUnix: number;
  readonly lastUpdateTimeUnix: number;
}

/** The class with the properties that an object brings and that it did not have, by Weaviate's names of their types. */
export function extended(definition: ObjectClass, object: GivenObject): ObjectClass {
  const known = new Set(definition.properties.map(({ name }) => name));
  const missing = Object.entries(object.properties ?? {}).filter(([name]) => !known.has(name));
  if (missing.length === 0) return definition;
  const added = missing.map(([name, value]) => ({ name, dataType: [typeOf(value)] }));
  return { ...definition, properties: [...definition.properties, ...added] };
}

function typeOf(value: unknown): string {
  if (Array.isArray(value)) return `${typeOf(value[0])}[]`;
  return TYPES[typeof value] ?? "text";
}

const TYPES: Readonly<Record<string, string>> = { number: "number", boolean: "boolean", object: "object" };

import { z } from "zod";

/** What a setting says of itself, by `.meta()`. */
export interface Notes {
  /** What it means, in a few words. */
  readonly description?: string;
  /** It must not be seen: it is asked hidden, and kept encrypted. */
  readonly secret?: boolean;
  /** It has several lines, as a certificate has: it is read from a file. */
  readonly lines?: boolean;
}

/** A setting's schema, without what is wrapped around it. */
export interface Reading {
  readonly schema: z.ZodType;
  readonly notes: Notes;
  /** Whether it may be left out. */
  readonly optional: boolean;
  /** Its value when it is left out, if the schema has one. */
  readonly fallback?: unknown;
}

/** Reads what a setting takes, through all that makes it optional, gives it a default or decodes it. */
export function reading(schema: z.ZodType): Reading {
  if (schema instanceof z.ZodOptional) return { ...through(schema, schema.unwrap()), optional: true };
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault) {
    const { defaultValue: fallback } = schema.def;
    return { ...through(schema, schema.unwrap()), optional: true, fallback };
  }
  if (schema instanceof z.ZodPipe) return through(schema, schema.out);
  return { schema, notes: notesOf(schema), optional: false };
}

function through(outer: z.ZodType, inner: z.core.$ZodType): Reading {
  const read = reading(inner as z.ZodType);
  return { ...read, notes: { ...read.notes, ...notesOf(outer) } };
}

function notesOf(schema: z.ZodType): Notes {
  return (schema.meta() ?? {}) as Notes;
}

/** What a value breaks of a schema, as `machine.cpus takes a whole number from 1 to 1024`. Values are not repeated: they may be secrets. */
export function objections(schema: z.ZodType, value: unknown, name: string): string[] {
  const issues = schema.safeParse(value).error?.issues ?? [];
  return issues.map(({ path, message }) => `${[name, ...path.map(String)].join(".")} takes ${message}`);
}

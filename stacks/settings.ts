import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";

/** A mistake in a stack's settings: where, what was given, what is allowed. */
export interface Mistake {
  readonly path: string;
  readonly reason: string;
  /**
   * Whether a secret is missing that only whoever brings the stack up can set.
   *
   * @defaultValue false
   */
  readonly isMissingSecret?: boolean;
}

/** Settings as the engine hands them over: text by full key, and the keys whose values are secret. */
export interface Given {
  readonly values: Readonly<Record<string, string>>;
  readonly secrets: ReadonlySet<string>;
}

const NAMESPACE = "keelson:";
/** What a mistake shows in the place of a secret. */
const CONCEALED = "[secret]";

/** A whole number. */
export const whole = (lowest: number, highest: number) => {
  const error = `a whole number from ${lowest} to ${highest}`;
  return z.number({ error }).int({ error }).min(lowest, { error }).max(highest, { error });
};

/** A port of a host. */
export const port = whole(1, 65535);

/** Text that is not empty. */
export const anyText = z.string({ error: "text" }).min(1, { error: "text" });

/** Yes or no. */
export const flag = z.boolean({ error: "true or false" });

/** One of several words. */
export const oneOf = <const Word extends string>(words: readonly [Word, ...Word[]]) =>
  z.enum(words, { error: words.map((word) => `"${word}"`).join(" or ") });

/** A secret, which the stack file must hold encrypted. */
export const secret = () => z.string({ error: "text" }).min(1, { error: "text" }).meta({ secret: true });

/** A setting with parts of its own, which a configuration holds as JSON. */
export function structured<Shape extends z.ZodType>(schema: Shape) {
  return z.preprocess((text) => (typeof text === "string" ? fromJson(text) : text), schema);
}

/**
 * Reads settings, or finds every mistake in them.
 *
 * @throws MistakenSettings with all mistakes
 */
export function parse<Shape extends z.ZodRawShape>(shape: Shape, given: Given): z.output<z.ZodObject<Shape>> {
  const own = Object.entries(given.values).filter(([key]) => key.startsWith(NAMESPACE));
  const values = Object.fromEntries(own.map(([key, value]) => [key.slice(NAMESPACE.length), value]));
  const { success, data, error } = z.strictObject(shape).safeParse(values, { reportInput: true });
  const mistakes = [
    ...(error?.issues ?? []).flatMap((issue) => describe(issue, given, shape)),
    ...inClear(shape, values, given),
  ];
  if (!success || mistakes.length > 0) throw new MistakenSettings(mistakes);
  return data;
}

/** Everything that is wrong with a stack's settings. */
export class MistakenSettings extends pulumi.RunError {
  readonly mistakes: readonly Mistake[];

  constructor(mistakes: readonly Mistake[]) {
    const list = mistakes.map(({ path, reason }) => `  ${path} ${reason}`).join("\n");
    const count = mistakes.length === 1 ? "one mistake" : `${mistakes.length} mistakes`;
    super(`the stack's settings have ${count}, and nothing was made:\n${list}`);
    this.mistakes = mistakes;
  }
}

function describe(issue: z.core.$ZodIssue, { secrets }: Given, shape: z.ZodRawShape): Mistake[] {
  const path = issue.path.map(String);
  const name = (more: readonly string[] = []) => `${NAMESPACE}${[...path, ...more].join(".")}`;
  if (issue.code === "unrecognized_keys") {
    const known = Object.keys(objectAt(z.strictObject(shape), path)?.shape ?? {}).join(", ");
    return issue.keys.map((key) => ({
      path: name([key]),
      reason: `is no setting; ${known ? `there are: ${known}` : issue.message}`,
    }));
  }
  if (issue.input === undefined && isSecret(shape, path))
    return [{ path: name(), reason: `is missing, and a secret; ${howToSet(path)}`, isMissingSecret: true }];
  if (issue.input === undefined) return [{ path: name(), reason: `is missing; it takes ${issue.message}` }];
  const given = secrets.has(name().split(".")[0]!) ? CONCEALED : JSON.stringify(issue.input);
  return [{ path: name(), reason: `is ${given}; it takes ${issue.message}` }];
}

/** Whether a schema declares what is at a path by {@link secret}. */
function isSecret(shape: z.ZodRawShape, path: readonly string[]): boolean {
  const declared = objectAt(z.strictObject(shape), path.slice(0, -1))?.shape[path.at(-1) ?? ""];
  return declared !== undefined && unwrapped(declared as z.ZodType).meta()?.["secret"] === true;
}

function howToSet(path: readonly string[]): string {
  return `set it by "pulumi config set --secret --path ${NAMESPACE}${path.join(".")}"`;
}

/** The object that a schema has at a path, if it is one. */
function objectAt(schema: z.ZodType, [key, ...rest]: readonly string[]): z.ZodObject | undefined {
  const inner = unwrapped(schema);
  if (!(inner instanceof z.ZodObject)) return undefined;
  const next = key === undefined ? undefined : inner.shape[key];
  return next ? objectAt(next as z.ZodType, rest) : inner;
}

/** A schema without what makes it optional, gives a default or reads it first. */
function unwrapped(schema: z.ZodType): z.ZodType {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodPrefault || schema instanceof z.ZodDefault)
    return unwrapped(schema.unwrap() as z.ZodType);
  return schema instanceof z.ZodPipe ? unwrapped(schema.out as z.ZodType) : schema;
}

function inClear(
  shape: z.ZodRawShape,
  values: Readonly<Record<string, string>>,
  { secrets }: Given,
): Mistake[] {
  return Object.entries(shape)
    .filter(([key]) => key in values && !secrets.has(`${NAMESPACE}${key}`))
    .flatMap(([key, schema]) => secretPaths(schema as z.ZodType, fromJson(values[key]!), [key]))
    .map((path) => ({
      path: `${NAMESPACE}${path.join(".")}`,
      reason: `stands in clear text; change it where it came from, and ${howToSet(path)}`,
    }));
}

/** Where a value holds what its schema declares by {@link secret}. */
function secretPaths(schema: z.ZodType, value: unknown, path: readonly string[]): (readonly string[])[] {
  const inner = unwrapped(schema);
  if (value === undefined) return [];
  if (inner.meta()?.["secret"]) return [path];
  if (inner instanceof z.ZodUnion)
    return inner.options.flatMap((option) => secretPaths(option as z.ZodType, value, path));
  if (typeof value !== "object" || value === null) return [];
  if (inner instanceof z.ZodRecord)
    return Object.entries(value).flatMap(([key, part]) =>
      secretPaths(inner.valueType as z.ZodType, part, [...path, key]),
    );
  if (!(inner instanceof z.ZodObject)) return [];
  return Object.entries(inner.shape).flatMap(([key, part]) =>
    secretPaths(part as z.ZodType, (value as Record<string, unknown>)[key], [...path, key]),
  );
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";

/** A mistake in a stack's settings: where, what was given, what is allowed. */
export interface Mistake {
  readonly path: string;
  readonly reason: string;
}

/** Settings as the engine hands them over: text by full key, and the keys whose values are secret. */
export interface Given {
  readonly values: Readonly<Record<string, string>>;
  readonly secrets: ReadonlySet<string>;
}

const NAMESPACE = "keelson:";
/** What a mistake shows in the place of a secret. */
const CONCEALED = "[secret]";

/** A whole number that a configuration file holds as text. */
export const whole = (lowest: number, highest: number) => {
  const error = `a whole number from ${lowest} to ${highest}`;
  return z.coerce.number({ error }).int({ error }).min(lowest, { error }).max(highest, { error });
};

/** A port of a host. */
export const port = whole(1, 65535);

/** Yes or no. */
export const flag = z.union([z.boolean(), z.stringbool()], { error: "true or false" });

/** One of several words. */
export const oneOf = <const Word extends string>(words: readonly [Word, ...Word[]]) =>
  z.enum(words, { error: words.map((word) => `"${word}"`).join(" or ") });

/** A secret, which the stack file must hold encrypted. */
export const secret = () => z.string().min(1, { error: "text" }).meta({ secret: true });

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
    ...(error?.issues ?? []).flatMap((issue) => describe(issue, given, Object.keys(shape))),
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

function describe(issue: z.core.$ZodIssue, { secrets }: Given, known: readonly string[]): Mistake[] {
  const path = `${NAMESPACE}${issue.path.join(".")}`;
  if (issue.code === "unrecognized_keys") {
    const container = issue.path.length > 0 ? `${path}.` : NAMESPACE;
    const advice = issue.path.length > 0 ? "remove it" : `the settings are: ${known.join(", ")}`;
    return issue.keys.map((key) => ({ path: `${container}${key}`, reason: `is no setting; ${advice}` }));
  }
  if (issue.input === undefined) return [{ path, reason: `is missing; it takes ${issue.message}` }];
  const given = secrets.has(`${NAMESPACE}${String(issue.path[0])}`) ? CONCEALED : JSON.stringify(issue.input);
  return [{ path, reason: `is ${given}; it takes ${issue.message}` }];
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
      reason: `stands in clear text; change it where it came from, and set it by "pulumi config set --secret --path ${path.join(".")}"`,
    }));
}

/** Where a value holds what its schema declares by {@link secret}. */
function secretPaths(schema: z.ZodType, value: unknown, path: readonly string[]): (readonly string[])[] {
  if (value === undefined) return [];
  if (schema.meta()?.["secret"]) return [path];
  if (schema instanceof z.ZodOptional) return secretPaths(schema.unwrap() as z.ZodType, value, path);
  if (schema instanceof z.ZodPipe) return secretPaths(schema.out as z.ZodType, value, path);
  if (schema instanceof z.ZodUnion)
    return schema.options.flatMap((option) => secretPaths(option as z.ZodType, value, path));
  if (!(schema instanceof z.ZodObject) || typeof value !== "object" || value === null) return [];
  return Object.entries(schema.shape).flatMap(([key, inner]) =>
    secretPaths(inner as z.ZodType, (value as Record<string, unknown>)[key], [...path, key]),
  );
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";
import { messageOf } from "../mendable.ts";
import type { Offers } from "../targets/target.ts";
import type { Questioner } from "./questioner.ts";
import { type Notes, objections, reading } from "./reading.ts";
import { revealed, Secret } from "./secret.ts";

/** Who is asked, and what can be offered as answers. */
export interface Interview {
  readonly questioner: Questioner;
  /** By the name of a setting without `keelson:`, as `docker.machine.cpus`. */
  readonly offers: Offers;
}

/** A setting that is asked for. */
interface Asked<Schema extends z.ZodType = z.ZodType> {
  readonly schema: Schema;
  readonly path: readonly string[];
  readonly notes: Notes;
  readonly fallback?: unknown;
}

type Answers = Readonly<Record<string, unknown>>;

type Asker<Schema extends z.ZodType> = (asked: Asked<Schema>, interview: Interview) => Promise<unknown>;

const asker = <Schema extends z.ZodType>(askIt: Asker<Schema>) => askIt as unknown as Asker<z.ZodType>;

/** How a value of each type of schema is asked for. */
const askers: Readonly<Record<string, Asker<z.ZodType>>> = {
  string: asker(askText),
  number: asker((asked, interview) => askLine(asked, interview, Number)),
  boolean: asker(({ fallback, ...asked }, { questioner }) =>
    questioner.confirm({ ...question(asked), initial: fallback === true }),
  ),
  enum: asker<z.ZodEnum>(async (asked, { questioner }) => {
    const initial = typeof asked.fallback === "string" ? { initial: asked.fallback } : {};
    const choices = asked.schema.options.map((value) => ({ value: String(value) }));
    return questioner.choose({ ...question(asked), choices, ...initial });
  }),
  literal: asker<z.ZodLiteral>(async ({ schema }) => [...schema.values][0]),
  object: asker(askObject),
  union: asker(askUnion),
  record: asker(askRecord),
  array: asker(askArray),
};

/**
 * Asks for a setting by its schema, until what is answered is what the schema takes.
 *
 * @returns The answer, with a `Secret` for each secret
 * @throws Cancelled when a question was not answered
 */
export async function ask(
  schema: z.ZodType,
  path: readonly string[],
  interview: Interview,
): Promise<unknown> {
  const { schema: inner, notes, fallback } = reading(schema);
  const askIt = askers[inner.type];
  if (!askIt) throw new Error(`there is no question for a setting of the type "${inner.type}"`);
  return askIt({ schema: inner, path, notes, fallback }, interview);
}

const nameOf = (path: readonly string[]) => `keelson:${path.join(".")}`;

const question = ({ path, notes }: Pick<Asked, "path" | "notes">) => ({
  name: nameOf(path),
  message: notes.description ?? path.at(-1)!,
});

const OTHER = "another";

async function askText(asked: Asked<z.ZodString>, interview: Interview): Promise<unknown> {
  const { schema, notes, path } = asked;
  const { questioner, offers } = interview;
  if (notes.lines) return askFile(asked, interview);
  if (notes.secret) {
    const objection = (text: string) => objectionTo(schema, text);
    return new Secret(await questioner.hidden({ ...question(asked), objection }));
  }
  const offered = offers[path.join(".")] ?? [];
  if (offered.length > 1) {
    const choices = [...offered, { value: OTHER, hint: "type it" }];
    const chosen = await questioner.choose({ ...question(asked), choices });
    if (chosen !== OTHER) return chosen;
  }
  return askLine(asked, interview, String);
}

async function askLine<Value>(
  { fallback, ...asked }: Asked,
  { questioner, offers }: Interview,
  valueOf: (text: string) => Value,
): Promise<Value> {
  const usual = offers[asked.path.join(".")]?.[0]?.value ?? textOf(fallback);
  const text = await questioner.text({
    ...question(asked),
    ...(usual !== undefined && { fallback: usual }),
    objection: (given) => objectionTo(asked.schema, given.trim() === "" ? undefined : valueOf(given.trim())),
  });
  return valueOf(text.trim());
}

/** A default as it would be typed; a value with parts can't be. */
function textOf(value: unknown): string | undefined {
  return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
}

/** Asks for a file that holds the value: lines can't be typed into one. */
async function askFile(asked: Asked<z.ZodString>, { questioner }: Interview): Promise<unknown> {
  const { message, name } = question(asked);
  const file = await questioner.text({
    message: `file with ${message}`,
    name,
    objection: (given) => {
      if (!existsSync(given)) return "takes the path of a file that there is";
      try {
        return objectionTo(asked.schema, readFileSync(given, "utf8"));
      } catch (error) {
        return messageOf(error);
      }
    },
  });
  const content = readFileSync(file, "utf8");
  return asked.notes.secret ? new Secret(content) : content;
}

function askObject(asked: Asked<z.ZodObject>, interview: Interview): Promise<Answers> {
  return untilTaken(asked, interview, async () => {
    const chosen = new Set(await chooseParts(asked, interview));
    const answers: Record<string, unknown> = {};
    for (const [key, part] of Object.entries(asked.schema.shape)) {
      if (!reading(part as z.ZodType).optional || chosen.has(key))
        answers[key] = await ask(part as z.ZodType, [...asked.path, key], interview);
    }
    return answers;
  });
}

/** Asks again for what consists of parts, until they are taken together. */
async function untilTaken<Value>(
  { schema, path }: Asked,
  { questioner }: Interview,
  askOnce: () => Promise<Value>,
): Promise<Value> {
  for (;;) {
    const answers = await askOnce();
    const found = objections(schema, revealed(answers), nameOf(path));
    if (found.length === 0) return answers;
    questioner.complain(found);
  }
}

/** Asks which of the settings that may be left out are to be set. Those that something can be offered for are chosen beforehand. */
async function chooseParts(
  { schema, path, notes }: Asked<z.ZodObject>,
  { questioner, offers }: Interview,
): Promise<readonly string[]> {
  const choices = Object.entries(schema.shape as Record<string, z.ZodType>).flatMap(([value, part]) => {
    const {
      schema: ofPart,
      optional,
      notes: { description: hint },
    } = reading(part);
    if (!optional || takesNothing(ofPart)) return [];
    return [{ value, ...(hint !== undefined && { hint }) }];
  });
  if (choices.length === 0) return [];
  const isOffered = (key: string) =>
    Object.keys(offers).some((name) => `${name}.`.startsWith(`${[...path, key].join(".")}.`));
  return questioner.several({
    message: `${notes.description ?? path.at(-1)}: what to set?`,
    name: nameOf(path),
    choices,
    initial: choices.map(({ value }) => value).filter(isOffered),
  });
}

function takesNothing(schema: z.ZodType): boolean {
  return schema instanceof z.ZodObject && Object.keys(schema.shape).length === 0;
}

async function askUnion({ schema, path, notes }: Asked<z.ZodUnion>, interview: Interview): Promise<unknown> {
  const { discriminator } = schema.def as { readonly discriminator?: string };
  const options = (schema.options as readonly z.ZodType[]).map((option) => {
    const { description: hint } = reading(option).notes;
    const value = labelOf(option, discriminator);
    return { option, value, ...(hint !== undefined && hint !== value && { hint }) };
  });
  const chosen = await interview.questioner.choose({ ...question({ path, notes }), choices: options });
  return ask(options.find(({ value }) => value === chosen)!.option, path, interview);
}

/** What tells one alternative from the others: the value of the discriminator, else what it says of itself or consists of. */
function labelOf(option: z.ZodType, discriminator: string | undefined): string {
  const { schema, notes } = reading(option);
  if (!(schema instanceof z.ZodObject)) return notes.description ?? schema.type;
  const shape = schema.shape as Record<string, z.ZodType>;
  const kind = discriminator === undefined ? undefined : shape[discriminator];
  return kind instanceof z.ZodLiteral
    ? String([...kind.values][0])
    : (notes.description ?? Object.keys(shape).join(", "));
}

function askRecord(asked: Asked<z.ZodRecord>, interview: Interview): Promise<Answers> {
  const { schema, path } = asked;
  const { message, name } = question(asked);
  const askName = () =>
    interview.questioner.text({
      message: `${message}: a name, or nothing for no more`,
      name,
      fallback: "",
      objection: (text) => (text === "" ? undefined : objectionTo(schema.keyType as z.ZodType, text)),
    });
  return untilTaken(asked, interview, async () => {
    const answers: Record<string, unknown> = {};
    for (let key = await askName(); key !== ""; key = await askName())
      answers[key] = await ask(schema.valueType as z.ZodType, [...path, key], interview);
    return answers;
  });
}

function askArray(asked: Asked<z.ZodArray>, interview: Interview): Promise<readonly unknown[]> {
  const { schema, path } = asked;
  const { message, name } = question(asked);
  const more = { message: `${message}: one more?`, name, initial: false };
  return untilTaken(asked, interview, async () => {
    const answers: unknown[] = [];
    do {
      answers.push(await ask(schema.element as z.ZodType, [...path, String(answers.length)], interview));
    } while (await interview.questioner.confirm(more));
    return answers;
  });
}

function objectionTo(schema: z.ZodType, value: unknown): string | undefined {
  const message = schema.safeParse(value).error?.issues[0]?.message;
  return message === undefined ? undefined : `takes ${message}`;
}

import { z } from "zod";
import { type Asked, askLine, askText, type Interview, nameOf, objectionTo, question } from "./lines.ts";
import { objections, reading } from "./reading.ts";
import { revealed } from "./secret.ts";

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

function askObject(asked: Asked<z.ZodObject>, interview: Interview): Promise<Answers> {
  const parts: [string, z.ZodType][] = Object.entries(asked.schema.shape);
  const required = parts.filter(([, part]) => !reading(part).optional);
  const optional = parts.filter(([, part]) => reading(part).optional);
  return untilTaken(asked, interview, async () => {
    const answers: Record<string, unknown> = {};
    const askAll = async (wanted: typeof parts) => {
      for (const [key, part] of wanted) answers[key] = await ask(part, [...asked.path, key], interview);
    };
    await askAll(required);
    const chosen = new Set(await chooseParts(asked, optional, required.length > 0, interview));
    await askAll(optional.filter(([key]) => chosen.has(key)));
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
  { path, notes }: Asked,
  parts: readonly (readonly [string, z.ZodType])[],
  isRest: boolean,
  { questioner, offers }: Interview,
): Promise<readonly string[]> {
  const choices = parts.flatMap(([value, part]) => {
    const { schema, notes: ofPart } = reading(part);
    if (takesNothing(schema)) return [];
    return [{ value, ...(ofPart.description !== undefined && { hint: ofPart.description }) }];
  });
  if (choices.length === 0) return [];
  const isOffered = (key: string) =>
    Object.keys(offers).some((name) => `${name}.`.startsWith(`${[...path, key].join(".")}.`));
  return questioner.several({
    message: `${notes.description ?? path.at(-1)}: what ${isRest ? "else " : ""}to set?`,
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

import { existsSync, readFileSync } from "node:fs";
import type { z } from "zod";
import { messageOf } from "../mendable.ts";
import type { Offers } from "../targets/target.ts";
import type { Questioner } from "./questioner.ts";
import type { Notes } from "./reading.ts";
import { Secret } from "./secret.ts";

/** Who is asked, and what can be offered as answers. */
export interface Interview {
  readonly questioner: Questioner;
  /** By the name of a setting without `keelson:`, as `docker.machine.cpus`. */
  readonly offers: Offers;
}

/** A setting that is asked for. */
export interface Asked<Schema extends z.ZodType = z.ZodType> {
  readonly schema: Schema;
  readonly path: readonly string[];
  readonly notes: Notes;
  readonly fallback?: unknown;
}

/** Name of a setting, as a stack has it. */
export const nameOf = (path: readonly string[]) => `keelson:${path.join(".")}`;

/** The words of a question. */
export const question = ({ path, notes }: Pick<Asked, "path" | "notes">) => ({
  name: nameOf(path),
  message: notes.description ?? path.at(-1)!,
});

/** The choice of what is not offered. */
const OTHER = "another";

/** Asks for a text: one that is offered, a secret, a file of several lines, or what is typed. */
export async function askText(asked: Asked<z.ZodString>, interview: Interview): Promise<unknown> {
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

/** Asks for a line of text that stands for a value. */
export async function askLine<Value>(
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

/** What a schema has against a value, in the program's own words. */
export function objectionTo(schema: z.ZodType, value: unknown): string | undefined {
  const message = schema.safeParse(value).error?.issues[0]?.message;
  return message === undefined ? undefined : `takes ${message}`;
}

import { readFile } from "node:fs/promises";
import { z } from "zod";
import { Mendable } from "../mendable.ts";

/** Id of the element of a report that has its facts. */
export const KEPT_ID = "keelson-report";

const schema = z.object({
  /** Changes when what was kept before can't be read any more. */
  format: z.literal(1),
  stack: z.string(),
  /** When it was written, as `2026-03-01T12:00:00.000Z`. */
  written: z.iso.datetime(),
  /** Kinds of rows that this report could say nothing about. */
  unknown: z.array(z.string()).readonly(),
  rows: z
    .array(
      z.object({
        kind: z.string(),
        name: z.string(),
        facts: z.record(z.string(), z.array(z.string()).readonly()).readonly(),
      }),
    )
    .readonly(),
});

/** What a report keeps in itself, for the next one and for programs. */
export type Kept = z.output<typeof schema>;

/** As JSON that can stand in a page: nothing in it looks like markup. */
export function keptText(kept: Kept): string {
  return JSON.stringify(kept).replaceAll("<", "\\u003C").replaceAll("&", "\\u0026");
}

/**
 * What the report in a file has kept; nothing if there is no such file.
 *
 * @throws Mendable when the file is something else, or the report of another stack: it would be written over
 */
export async function readKept(file: string, stack: string): Promise<Kept | undefined> {
  const page = await textOf(file);
  if (page === undefined) return undefined;
  const kept = keptIn(page);
  if (kept?.stack === stack) return kept;
  throw new Mendable(
    kept
      ? `${file} is the report of "${kept.stack}", and would be written over by that of "${stack}"`
      : `${file} is there already, and is no report that this version can read`,
    "name another file: --out FILE",
  );
}

/** What a page has kept, if it is a report of a form that is known. */
export function keptIn(page: string): Kept | undefined {
  const [, text] = new RegExp(`<script [^>]*id="${KEPT_ID}"[^>]*>([^<]*)</script>`).exec(page) ?? [];
  return text === undefined ? undefined : schema.safeParse(jsonOf(text)).data;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function textOf(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

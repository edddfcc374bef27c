import { writeFile } from "node:fs/promises";
import { type Format, formats } from "../graph/formats.ts";
import { known } from "../init/known.ts";
import { openStack } from "../stack.ts";
import { topologyOf } from "../topology/topology-of.ts";

/** How a stack is drawn. */
export interface GraphCommandOptions {
  /**
   * Name of the form, as `svg`.
   *
   * @defaultValue "svg"
   */
  readonly format?: string;
  /**
   * File to write to.
   *
   * @defaultValue standard output; `graph-STACK.svg` where that is a terminal and the form is nothing to read there
   */
  readonly out?: string;
}

/** Draws a stack: who refers to whom. Nothing has to be up, and nothing but the stack's file and its program is read. */
export async function graph(name: string, { format = "svg", out }: GraphCommandOptions): Promise<number> {
  const form: Format = formats[known(formats, "format", format)];
  const stack = await openStack(name);
  const drawn = await form.draw(await topologyOf(stack));
  const file = out ?? fileFor(form, stack.name);
  if (file === undefined) {
    process.stdout.write(drawn);
    return 0;
  }
  await writeFile(file, drawn);
  console.error(`wrote ${file}`);
  return 0;
}

/** The file that a drawing goes to when none is asked for; standard output where there is none. */
export function fileFor(
  { ending, isReadable }: Format,
  stack: string,
  isTerminal = process.stdout.isTTY,
): string | undefined {
  return isTerminal && !isReadable ? `graph-${stack}.${ending}` : undefined;
}

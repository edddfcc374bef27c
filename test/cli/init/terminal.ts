import * as path from "node:path";
import { stripVTControlCharacters } from "node:util";
import { execa, type Options } from "execa";

const main = path.join(import.meta.dirname, "..", "..", "..", "cli", "main.ts");

/** The command from its sources. */
export const keelson = [process.execPath, main] as const;

export const ENTER = "\r";
export const SPACE = " ";
/** Of a list, everything, and then nothing. */
export const NOTHING = "aa";
export const DOWN = "\u001B[B";
export const BACKSPACE = "\u007F";
export const CTRL_C = "\u0003";

/** Runs `keelson` at a terminal; each step waits for a text and types. */
export async function atTerminal(
  place: Pick<Options, "cwd" | "env">,
  args: readonly string[],
  steps: readonly (readonly [string, string])[],
): Promise<{ readonly status: number; readonly screen: string }> {
  const { stdout } = await execa("python3", [path.join(import.meta.dirname, "terminal.py")], {
    ...place,
    input: JSON.stringify({ command: [...keelson, ...args], steps }),
  });
  const { status, screen } = JSON.parse(stdout) as { status: number; screen: string };
  return { status, screen: stripVTControlCharacters(screen) };
}

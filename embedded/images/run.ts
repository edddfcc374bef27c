import { execa } from "execa";

/**
 * Runs a program of this machine to its end.
 *
 * @param options.mend - What to do when the program is missing or fails, for the error
 * @throws Error with the last lines that the program wrote
 */
export async function run(
  program: string,
  args: readonly string[],
  { signal, mend }: { readonly signal: AbortSignal; readonly mend: string },
): Promise<void> {
  const result = await execa(program, args, {
    cancelSignal: signal,
    all: true,
    reject: false,
    stdin: "ignore",
  });
  if (!result.failed) return;
  signal.throwIfAborted();
  throw new Error(`${program} failed: ${lastLines(result.all) || result.originalMessage}; ${mend}`, {
    cause: result,
  });
}

/** Whether a program of this name can be run here. */
export async function isInstalled(program: string): Promise<boolean> {
  const { code } = await execa(program, ["--version"], { reject: false, stdin: "ignore" });
  return code !== "ENOENT";
}

/** The end of a program's output, which is where it says why it failed. */
export function lastLines(output: string, count = 15): string {
  return output.trim().split("\n").slice(-count).join("\n");
}

/** What an error says. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

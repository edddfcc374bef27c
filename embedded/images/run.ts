import { execa } from "execa";

/** How a program is run. */
export interface RunOptions {
  readonly signal: AbortSignal;
  /** What to do when the program is missing or fails, for the error. */
  readonly mend: string;
  /** Variables besides those of this process. */
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * Runs a program of this machine to its end.
 *
 * @throws Error with the last lines that the program wrote
 */
export async function run(
  program: string,
  args: readonly string[],
  { signal, mend, env = {} }: RunOptions,
): Promise<void> {
  const result = await execa(program, args, {
    cancelSignal: signal,
    env,
    all: true,
    reject: false,
    stdin: "ignore",
  });
  if (!result.failed) return;
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

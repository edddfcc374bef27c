import { execa } from "execa";
import { complaint } from "./complaint.ts";
import { Mendable } from "./mendable.ts";
import { keepingStackFile } from "./salt.ts";
import type { Stack } from "./stack.ts";
import { faint } from "./terminal.ts";

/** The Pulumi engine, to work on one stack. */
export interface Engine {
  /**
   * Runs a command on the terminal: what it prints and asks goes there untouched.
   *
   * @returns its exit status
   */
  run(args: readonly string[]): Promise<number>;
  /**
   * Runs a command for what it prints.
   *
   * @throws Mendable with the engine's own words when it fails
   */
  read(args: readonly string[]): Promise<string>;
}

/** What it takes to run the engine. */
export interface EngineOptions {
  readonly stack: Stack;
  /** Path of `pulumi`. */
  readonly executable: string;
  /** Variables to set over those of this process. */
  readonly environment: Readonly<Record<string, string>>;
}

/** The engine with what it needs for a stack. */
export function engineFor({ stack, executable, environment }: EngineOptions): Engine {
  const common = {
    cwd: stack.project.folder,
    // A stack file without a note on the passphrase means the one that the state was encrypted with.
    env: { ...environment, PULUMI_FALLBACK_TO_STATE_SECRETS_MANAGER: "true" },
    reject: false,
  } as const;
  const keeping = <Result>(work: () => Promise<Result>) => keepingStackFile(stack.file, environment, work);
  return {
    async run(args) {
      // Both get a terminal's Ctrl-C, and the engine takes its time to end what it has begun.
      const ignore = () => undefined;
      process.on("SIGINT", ignore);
      try {
        const { exitCode, signal } = await keeping(() =>
          execa(executable, onStack(stack, args), {
            ...common,
            stdio: "inherit",
            forceKillAfterDelay: false,
          }),
        );
        if (signal) console.error(faint(`pulumi was ended by ${signal}`));
        return exitCode ?? 1;
      } finally {
        process.off("SIGINT", ignore);
      }
    },
    async read(args) {
      const { failed, stdout, stderr, shortMessage } = await keeping(() =>
        execa(executable, [...onStack(stack, args), "--non-interactive"], { ...common, stdin: "ignore" }),
      );
      if (!failed) return stdout;
      throw new Mendable(
        `"pulumi ${args.join(" ")}" failed: ${complaint(stdout) ?? complaint(stderr) ?? shortMessage}`,
        `see it in full: keelson pulumi ${stack.name} -- ${args.join(" ")}`,
      );
    },
  };
}

/** First words of the commands that work on a stack; the others do not know the flag. */
const ON_A_STACK = new Set(
  "about cancel config console destroy import logs preview refresh stack state up update watch".split(" "),
);

function onStack(stack: Stack, args: readonly string[]): readonly string[] {
  const [command = "", ...rest] = args;
  return ON_A_STACK.has(command) ? [command, "--stack", stack.name, ...rest] : args;
}

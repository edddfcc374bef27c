import { execa } from "execa";
import { complaint } from "./complaint.ts";
import { Mendable } from "./mendable.ts";
import { keepingStackFile } from "./salt.ts";
import type { Stack } from "./stack.ts";

/** The Pulumi engine, to work on one stack. */
export interface Engine {
  /** Variables that it is run with, over those of this process. */
  readonly environment: Readonly<Record<string, string>>;
  /**
   * Runs a command on the terminal: what it prints and asks goes there untouched.
   *
   * @returns its exit status
   */
  run(args: readonly string[]): Promise<number>;
  /**
   * Runs a command for what it prints.
   *
   * @param input What it reads from its standard input: a secret never stands on a command line
   * @throws Mendable with the engine's own words when it fails
   */
  read(args: readonly string[], input?: string): Promise<string>;
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
    environment,
    async run(args) {
      return keeping(() => {
        const running = execa(executable, onStack(stack, args), {
          ...common,
          stdio: "inherit",
          forceKillAfterDelay: false,
        });
        return untilEnd(running, (signal) => running.kill(signal));
      });
    },
    async read(args, input) {
      const given = input === undefined ? ({ stdin: "ignore" } as const) : { input };
      const { failed, stdout, stderr, shortMessage } = await keeping(() =>
        execa(executable, [...onStack(stack, args), "--non-interactive"], { ...common, ...given }),
      );
      if (!failed) return stdout;
      throw new Mendable(
        `"pulumi ${args.join(" ")}" failed: ${complaint(stdout) ?? complaint(stderr) ?? shortMessage}`,
        `see it in full: keelson pulumi ${stack.name} -- ${args.join(" ")}`,
      );
    },
  };
}

/** Waits for the engine, which takes its time after a signal to end what it has begun. */
async function untilEnd(
  running: Promise<{ readonly exitCode?: number }>,
  pass: (signal: NodeJS.Signals) => void,
): Promise<number> {
  // A terminal's Ctrl-C goes to the engine as well.
  const ignore = () => undefined;
  process.on("SIGINT", ignore).on("SIGTERM", pass);
  try {
    return (await running).exitCode ?? 1;
  } finally {
    process.off("SIGINT", ignore).off("SIGTERM", pass);
  }
}

/** First words of the commands that work on a stack; the others do not know the flag. */
const ON_A_STACK = new Set(
  "about cancel config console destroy import logs preview refresh stack state up update watch".split(" "),
);

function onStack(stack: Stack, args: readonly string[]): readonly string[] {
  const [command = "", ...rest] = args;
  return ON_A_STACK.has(command) ? [command, "--stack", stack.name, ...rest] : args;
}

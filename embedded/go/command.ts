import * as path from "node:path";
import { execa, ExecaError } from "execa";
import { obtainGo } from "./go.ts";

/** How `go` is run. */
export interface GoOptions {
  /** What is built or obtained, for the error. */
  readonly what: string;
  /** What could be installed in the place of Go, as `or the official …`, for the error. */
  readonly instead?: string | undefined;
  /** The folder of the go.mod in whose terms it runs. */
  readonly module: string;
  /** Whether parts are in C and C++. @defaultValue false */
  readonly cParts?: boolean;
  /** Where downloaded modules and compiled packages are kept. */
  readonly caches: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly progress: (line: string) => void;
  /** Ends what runs. @defaultValue nothing does */
  readonly signal?: AbortSignal;
}

/** Runs `go` with arguments, tells each line that it writes to standard error, and answers its standard output. */
export type GoCommand = (args: readonly string[], hear?: (line: string) => void) => Promise<string>;

/**
 * Finds or installs Go, and answers how to run it.
 *
 * @throws Error if there is no Go
 */
export async function goCommand(options: GoOptions): Promise<GoCommand> {
  const { what, instead, module, cParts = false, caches, environment, progress, signal } = options;
  const variables = {
    ...environment,
    CGO_ENABLED: cParts ? "1" : "0",
    GOCACHE: path.join(caches, "objects"),
    GOMODCACHE: path.join(caches, "modules"),
    // Without it the modules' folders are read-only, and cannot be removed.
    GOFLAGS: "-modcacherw",
    GOTOOLCHAIN: "auto",
    GOWORK: "off",
  };
  const go = await obtainGo({ what, instead, module, variables, progress });
  return async (args, hear = () => undefined) => {
    const running = execa(go, args, {
      cwd: module,
      env: variables,
      extendEnv: false,
      stdin: "ignore",
      ...(signal && { cancelSignal: signal }),
    });
    try {
      for await (const line of running.iterable({ from: "stderr" })) hear(line);
      return (await running).stdout;
    } catch (error) {
      if (!(error instanceof ExecaError)) throw error;
      const lastWords = String(error.stderr).split("\n").slice(-5).join("\n");
      throw new Error(`${what} could not be built: "go ${args[0]}" failed:\n${lastWords}`, { cause: error });
    }
  };
}

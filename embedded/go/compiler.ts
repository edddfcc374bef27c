import { existsSync } from "node:fs";
import * as path from "node:path";
import { execa } from "execa";

/** What the compiler is needed for. */
export interface CompilerNeed {
  /** What it is to build, for the error. */
  readonly what: string;
  /** Those that the build runs with: `PATH`. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly progress: (line: string) => void;
  /** Ends the installation. @defaultValue nothing does */
  readonly signal?: AbortSignal;
}

/**
 * Sees to it that Go finds a compiler of C and of C++; installs the distribution's where that can be done (as root on Debian or Ubuntu).
 *
 * @throws Error which says what to install
 */
export async function obtainCompiler({ what, environment, progress, signal }: CompilerNeed): Promise<void> {
  const isThere = () => ["gcc", "g++"].every((program) => isOnPath(program, environment["PATH"] ?? ""));
  if (isThere()) return;
  if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    progress("a compiler of C++ is missing: installing the distribution's package g++");
    const options = { env: { DEBIAN_FRONTEND: "noninteractive" }, ...(signal && { cancelSignal: signal }) };
    await execa("apt-get", ["update"], options);
    await execa("apt-get", ["install", "--yes", "--no-install-recommends", "g++"], options);
  }
  if (!isThere())
    throw new Error(
      `a compiler of C++ is missing, with which ${what} is built: install gcc and g++, and run this again`,
    );
}

function isOnPath(program: string, folders: string): boolean {
  return folders.split(path.delimiter).some((folder) => existsSync(path.join(folder, program)));
}

import { existsSync, mkdirSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import * as path from "node:path";
import { goCommand } from "./command.ts";
import { obtainCompiler } from "./compiler.ts";
import { withLock } from "./lock.ts";

/** Programs that are built from one Go module. */
export interface GoBuild<Program extends string> {
  /** What is built, as in `the Pulumi engine could not be built`. */
  readonly what: string;
  /** What could be installed in the place of Go, as `or the official …`, for the error. */
  readonly instead?: string;
  /** The folder of the go.mod that requires what is built; the go.sum beside it holds the checksums of all that goes into it. */
  readonly module: string;
  /** The package of each program, by the name that its file gets. */
  readonly programs: Readonly<Record<Program, string>>;
  readonly tags?: readonly string[];
  /** Values of variables, by their full names, as `example.com/version.Version`. */
  readonly variables?: Readonly<Record<string, string>>;
  /**
   * Whether parts are in C and C++. They are linked into the programs with the libraries that they need, so that these run on any Linux.
   *
   * @defaultValue false
   */
  readonly cParts?: boolean;
  /** Where the programs are put. Those that are there are not built again, so its name holds what they are built from. */
  readonly folder: string;
  /**
   * Downloaded modules and compiled packages: gigabytes. Builds that share it share what is in it, and are done one at a time. Kept for the
   * next build or attempt; the caller removes it once there is none to come.
   */
  readonly caches: string;
  /** The variables of the calling process: `PATH`, and those that tell Go where modules come from. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly progress: (line: string) => void;
  /** Ends the build. @defaultValue nothing does */
  readonly signal?: AbortSignal;
}

/**
 * Builds programs from a Go module, without symbols, unless they are there already. Of several processes that start at the same
 * moment one builds, and the others wait for it.
 *
 * @returns the paths of the programs, by their names
 * @throws Error if there is no Go, or no compiler of C++ where there are such parts, or the build fails: with Go's own last words
 */
export async function buildGo<Program extends string>(
  build: GoBuild<Program>,
): Promise<Record<Program, string>> {
  const files = programFiles(build.folder, Object.keys(build.programs) as Program[]);
  const areBuilt = () => Object.values<string>(files).every((file) => existsSync(file));
  if (areBuilt()) return files;
  mkdirSync(path.dirname(build.caches), { recursive: true });
  await withLock(
    `${build.caches}.lock`,
    async () => {
      if (!areBuilt()) await compile(build, files);
    },
    (holder) => build.progress(`process ${holder} is building from Go modules already: waiting for it`),
    build.signal,
  );
  return files;
}

/** The paths of programs in a folder, by their names. */
export function programFiles<Program extends string>(
  folder: string,
  programs: readonly Program[],
): Record<Program, string> {
  const files = programs.map((program) => [program, path.join(folder, program)]);
  return Object.fromEntries(files) as Record<Program, string>;
}

async function compile<Program extends string>(
  build: GoBuild<Program>,
  files: Readonly<Record<Program, string>>,
): Promise<void> {
  const { what, programs, tags = [], variables = {}, cParts = false, folder, caches, progress } = build;
  if (cParts) await obtainCompiler(build);
  const go = await goCommand(build);
  const packages = Object.values<string>(programs);
  const tagged = tags.length > 0 ? ["-tags", tags.join(",")] : [];
  progress(`downloading the Go modules of ${what}`);
  const listed = await go(
    ["list", "-deps", ...tagged, ...packages],
    everySoOften(progress, 100, "modules downloaded"),
  );

  const total = listed.split("\n").length;
  const linking = [
    "-s -w",
    ...(cParts ? ["-linkmode=external", "-extldflags=-static"] : []),
    ...Object.entries(variables).map(([name, value]) => `-X ${name}=${value}`),
  ];
  const unfinished = path.join(caches, "unfinished");
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true });
  await go(
    ["build", "-v", ...tagged, "-ldflags", linking.join(" "), "-o", unfinished, ...packages],
    everySoOften(progress, Math.ceil(total / 10), `of ${total} packages of ${what} compiled`),
  );
  await mkdir(folder, { recursive: true });
  for (const [program, name] of Object.entries<string>(programs)) {
    await rename(path.join(unfinished, executableName(name)), files[program as Program]);
  }
}

/** How `go build` names the program of a package: by the last part of its path that is not a major version. */
function executableName(name: string): string {
  const parts = name.split("/");
  const last = parts.pop()!;
  return /^v\d+$/.test(last) ? parts.pop()! : last;
}

/** Counts lines, and reports each `step` of them: a build says more than anyone wants to read. */
function everySoOften(progress: (line: string) => void, step: number, what: string): () => void {
  let count = 0;
  return () => {
    count += 1;
    if (count % step === 0) progress(`${count} ${what}`);
  };
}

import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import * as path from "node:path";
import { execa, ExecaError } from "execa";
import { obtainGo } from "./go.ts";
import { withLock } from "./lock.ts";
import { engineVersion, moduleDirectory } from "./version.ts";

const command = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi";
const tags = ["-tags", "osusergo,grpcnotrace"];

export interface EngineBuild {
  /** The folder of caches and state; the engine is kept in it by version. */
  readonly home: string;
  /** The variables of the calling process: `PATH`, and those that tell Go where modules come from. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly progress: (line: string) => void;
}

/** Where the engine is once it is built. */
export function enginePath(home: string): string {
  return path.join(home, "engine", engineVersion(), "pulumi");
}

/**
 * Builds the Pulumi engine from its Go module, unless it is there already: some minutes, and 4 GB of disk until it is done. Of several that
 * start at the same moment one builds, and the others wait for it.
 *
 * @returns the path of the `pulumi` executable
 * @throws Error if there is no Go, or the build fails: with Go's own last words
 */
export async function buildEngine({ home, environment, progress }: EngineBuild): Promise<string> {
  const file = enginePath(home);
  if (existsSync(file)) return file;
  const directory = path.dirname(file);
  mkdirSync(directory, { recursive: true });
  return withLock(
    `${directory}.lock`,
    async () => {
      if (!existsSync(file)) await build(file, environment, progress);
      return file;
    },
    (holder) => progress(`process ${holder} is building the engine already: waiting for it`),
  );
}

async function build(
  file: string,
  environment: EngineBuild["environment"],
  progress: EngineBuild["progress"],
): Promise<void> {
  // Kept after a failure, so that the next attempt goes on where this one ended; of no use after a success.
  const caches = path.join(path.dirname(file), "build");
  const unfinished = `${file}.unfinished`;
  const variables = {
    ...environment,
    CGO_ENABLED: "0",
    GOCACHE: path.join(caches, "objects"),
    GOMODCACHE: path.join(caches, "modules"),
    // Without it the modules' folders are read-only, and cannot be removed.
    GOFLAGS: "-modcacherw",
    GOTOOLCHAIN: "auto",
    GOWORK: "off",
  };
  const go = await obtainGo(variables, progress);
  const run = (args: readonly string[], hear: (line: string) => void) => runGo(go, args, variables, hear);

  progress("downloading the engine's Go modules");
  const packages = await run(
    ["list", "-deps", ...tags, command],
    everySoOften(progress, 100, "modules downloaded"),
  );
  const total = packages.split("\n").length;
  const flag = `-X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${engineVersion()}`;
  await run(
    ["build", "-v", ...tags, "-ldflags", `-s -w ${flag}`, "-o", unfinished, command],
    everySoOften(progress, Math.ceil(total / 10), `of ${total} packages compiled`),
  );
  renameSync(unfinished, file);
  rmSync(caches, { recursive: true });
}

async function runGo(
  go: string,
  args: readonly string[],
  variables: Readonly<Record<string, string | undefined>>,
  hear: (line: string) => void,
): Promise<string> {
  const running = execa(go, args, {
    cwd: moduleDirectory,
    env: variables,
    extendEnv: false,
    stdin: "ignore",
  });
  try {
    for await (const line of running.iterable({ from: "stderr" })) hear(line);
    return (await running).stdout;
  } catch (error) {
    if (!(error instanceof ExecaError)) throw error;
    const lastWords = String(error.stderr).split("\n").slice(-5).join("\n");
    throw new Error(`the Pulumi engine could not be built: "go ${args[0]}" failed:\n${lastWords}`, {
      cause: error,
    });
  }
}

/** Counts lines, and reports each `step` of them: a build says more than anyone wants to read. */
function everySoOften(progress: (line: string) => void, step: number, what: string): () => void {
  let count = 0;
  return () => {
    count += 1;
    if (count % step === 0) progress(`${count} ${what}`);
  };
}

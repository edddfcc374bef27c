import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import * as path from "node:path";
import { buildGo } from "../go/build.ts";
import { engineVersion, moduleDirectory } from "./version.ts";

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
  const folder = path.dirname(file);
  const caches = path.join(folder, "build");
  await buildGo({
    what: "the Pulumi engine",
    instead: "or the official Pulumi CLI (https://www.pulumi.com/docs/install)",
    module: moduleDirectory,
    programs: { pulumi: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi" },
    tags: ["osusergo", "grpcnotrace"],
    variables: { "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version": `v${engineVersion()}` },
    folder,
    caches,
    environment,
    progress,
  });
  // Of no use after a success.
  await rm(caches, { recursive: true, force: true });
  return file;
}

import { createHash } from "node:crypto";
import { globSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { buildGo } from "../go/build.ts";
import { type ClusterContext, paths } from "./context.ts";

/** Programs of the cluster that are built from one Go module. */
export interface ClusterPrograms<Program extends string> {
  /** As `etcd`: the name of the folder that they are kept in, and what the user is told. */
  readonly name: string;
  /** The folder of go.mod and go.sum. */
  readonly module: string;
  /** The package of each program, by the name of its file. */
  readonly programs: Readonly<Record<Program, string>>;
  readonly tags?: readonly string[];
  /** Values of variables, by their full names. */
  readonly variables?: Readonly<Record<string, string>>;
}

/**
 * Builds programs of the cluster unless they are there already. All modules of the cluster share one cache, and are built one at a time.
 *
 * @returns the paths of the programs, by their names
 * @throws Error if there is no Go, or the build fails
 */
export async function obtainPrograms<Program extends string>(
  { home, environment, progress }: ClusterContext,
  wanted: ClusterPrograms<Program>,
): Promise<Record<Program, string>> {
  const { programs, caches } = paths({ home });
  return buildGo({
    ...wanted,
    what: wanted.name,
    folder: path.join(programs, `${wanted.name}-${digestOf(wanted)}`),
    caches,
    environment,
    progress,
  });
}

/** Of everything that decides what is built: what the module requires, and what source it has of its own. */
function digestOf({ module, programs, tags, variables }: ClusterPrograms<string>): string {
  const files = ["go.mod", "go.sum", ...globSync("**/*.go", { cwd: module }).toSorted()];
  const hash = createHash("sha256");
  for (const file of files) hash.update(readFileSync(path.join(module, file)));
  return hash
    .update(JSON.stringify([programs, tags, variables]))
    .digest("hex")
    .slice(0, 12);
}

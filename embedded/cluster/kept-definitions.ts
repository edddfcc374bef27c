import { existsSync, globSync, readFileSync, statSync } from "node:fs";
import * as path from "node:path";
import { type ClusterContext, paths } from "./context.ts";

/** Where definitions of custom resources are kept, by a digest of what they come from. */
export function definitionsFolder(context: Pick<ClusterContext, "home">, digest: string): string {
  return path.join(paths(context).programs, `definitions-${digest}`);
}

/** The definitions of a project that were kept last, as YAML; nothing if the cluster was never started on this machine. */
export function keptDefinitions(context: Pick<ClusterContext, "home">, project: string): string | undefined {
  const [newest] = globSync(definitionsFolder(context, "*"))
    .map((folder) => path.join(folder, project))
    .filter((folder) => existsSync(folder))
    .toSorted((one, other) => statSync(other).mtimeMs - statSync(one).mtimeMs);
  return newest === undefined ? undefined : textOf(newest);
}

/** All that is in the files of a folder, as documents of one YAML text. */
export function textOf(folder: string): string {
  return globSync(path.join(folder, "*"))
    .toSorted()
    .map((file) => readFileSync(file, "utf8"))
    .join("\n---\n");
}

import type { Workload } from "../../model/workload.ts";

/** Paths of the host's folders that workloads may have, by the name that they know them by. */
export type Folders = Readonly<Record<string, string>>;

/** How a workload has folders of the host: read-only, and without what is mounted below them later. */
export function folderMounts({ folders = {} }: Pick<Workload, "folders">, known: Folders) {
  return Object.entries(folders).map(([name, path]) => ({
    type: "bind",
    source: known[name]!,
    target: path,
    readOnly: true,
    bindOptions: { propagation: "private" },
  }));
}

/** What a workload wants of folders that the host does not have, in words. */
export function missingFolders(
  { folders = {} }: Pick<Workload, "folders">,
  known: Folders,
): readonly string[] {
  return Object.keys(folders).filter((name) => !Object.hasOwn(known, name));
}

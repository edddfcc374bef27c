import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, rename, writeFile } from "node:fs/promises";
import * as path from "node:path";
import type { ClusterContext } from "../context.ts";
import { nodeFolders } from "./folders.ts";

/**
 * Writes a configuration file of a daemon. Other content gets another path, so that a daemon which runs with the old one is started anew.
 *
 * @param name of the file, as `containerd.toml`
 * @returns its path
 */
export async function configurationFile(
  context: Pick<ClusterContext, "home">,
  name: string,
  content: string,
): Promise<string> {
  const digest = createHash("sha256").update(content).digest("hex").slice(0, 12);
  const file = path.join(nodeFolders(context).configuration, digest, name);
  // kube-proxy ends when its file is written again, even with the same content.
  if (existsSync(file)) return file;
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(`${file}.unfinished`, content);
  await rename(`${file}.unfinished`, file);
  return file;
}

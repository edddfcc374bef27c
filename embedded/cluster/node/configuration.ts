import { createHash } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
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
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, content);
  return file;
}

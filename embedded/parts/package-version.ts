import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";
import { z } from "zod";

const manifest = z.object({
  version: z.string(),
  pulumi: z.object({ version: z.string().optional() }).optional(),
});

/**
 * The version of an npm package as the program in the folder `project` imports it, else as this package does; nothing if neither has it. For an
 * SDK of a provider it is the version of the plugin that the SDK asks for. Without a leading `v`.
 */
export function packageVersion(name: string, project: string): string | undefined {
  // Not every package lets its package.json be imported, so it is looked for where an import would look.
  const file = [path.join(project, "package.json"), import.meta.filename]
    .flatMap((from) => createRequire(from).resolve.paths(name) ?? [])
    .map((folder) => path.join(folder, name, "package.json"))
    .find((candidate) => existsSync(candidate));
  if (file === undefined) return undefined;
  const { version, pulumi } = manifest.parse(JSON.parse(readFileSync(file, "utf8")));
  return (pulumi?.version ?? version).replace(/^v/, "");
}

import { readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import type { Metafile } from "esbuild";

/**
 * The licence texts of the packages in bundles, as those licences ask.
 *
 * @param root Folder of the repository, which the bundles' inputs are relative to
 */
export function licences(root: string, bundles: readonly Metafile[]): string {
  const inputs = bundles.flatMap((bundle) => Object.keys(bundle.inputs));
  const packages = new Set(
    inputs.flatMap((file) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? []),
  );
  const texts = [...packages].toSorted().map((folder) => licence(path.join(root, folder)));
  return texts.join("\n\n");
}

function licence(folder: string): string {
  const read = (file: string) => readFileSync(path.join(folder, file), "utf8");
  const { license }: { license?: string } = JSON.parse(read("package.json"));
  const texts = readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => /^(licen[cs]e|notice)/i.test(name))
    .flatMap((entry) => (entry.isDirectory() ? filesBelow(folder, entry.name) : [entry.name]));
  const heading = `── ${folder.replace(/^.*node_modules\//, "")}: ${license ?? "see below"}`;
  return [heading, ...texts.map((file) => read(file).trim())].join("\n\n");
}

/** Some packages keep the licences of what they took over in a folder. */
function filesBelow(root: string, folder: string): readonly string[] {
  return readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
    .toSorted();
}

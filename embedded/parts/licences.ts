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
  const texts = readdirSync(folder).filter((file) => /^(licen[cs]e|notice)/i.test(file));
  const heading = `── ${folder.replace(/^.*node_modules\//, "")}: ${license ?? "see below"}`;
  return [heading, ...texts.map((file) => read(file).trim())].join("\n\n");
}

import { existsSync, mkdirSync, readFileSync, renameSync } from "node:fs";
import * as path from "node:path";
import type { Metafile } from "esbuild";
import { unfinished } from "./unfinished.ts";

/** A program's `#!` stays before it. */
const firstLine = /^(?:#!.*\n)?\/\/ bundled from (.+)\n/;

/**
 * Bundles a program and all it imports into one file that Node runs; `sources` is written down in it.
 *
 * @returns what went into it
 */
export async function bundle(entryPoint: string, file: string, sources: string): Promise<Metafile> {
  // A development tool: published packages come with their bundles.
  const { build } = await import("esbuild");
  mkdirSync(path.dirname(file), { recursive: true });
  const made = unfinished(file);
  const { metafile } = await build({
    // What is said of the inputs does not follow the folder that a command was given in.
    absWorkingDir: path.dirname(path.dirname(import.meta.dirname)),
    entryPoints: [entryPoint],
    outfile: made,
    bundle: true,
    platform: "node",
    target: "node22",
    format: "esm",
    define: { __dirname: "import.meta.dirname", __filename: "import.meta.filename" },
    // Native add-ons that ssh2 does without where they are missing.
    external: ["*.node", "cpu-features"],
    banner: {
      // CommonJS packages ask for Node's own modules by `require`, which an ES module does not have.
      js: `// bundled from ${sources}\nimport { createRequire as requireOfBundle } from "node:module";\nconst require = requireOfBundle(import.meta.url);`,
    },
    metafile: true,
    logLevel: "error",
  });
  renameSync(made, file);
  return metafile;
}

/** What the file was bundled from, if it was made. */
export function bundledFrom(file: string): string | undefined {
  if (!existsSync(file)) return undefined;
  return firstLine.exec(readFileSync(file, "utf8"))?.[1];
}

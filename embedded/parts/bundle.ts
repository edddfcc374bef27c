import { existsSync, mkdirSync, readFileSync, renameSync } from "node:fs";
import * as path from "node:path";

const firstLine = /^\/\/ bundled from (.+)\n/;

/** Bundles a program and all it imports into one file that Node runs; `sources` is written down in it. */
export async function bundle(entryPoint: string, file: string, sources: string): Promise<void> {
  // A development tool: published packages come with their bundles.
  const { build } = await import("esbuild");
  mkdirSync(path.dirname(file), { recursive: true });
  const unfinished = `${file}.${process.pid}`;
  await build({
    entryPoints: [entryPoint],
    outfile: unfinished,
    bundle: true,
    platform: "node",
    target: "node22",
    format: "esm",
    // Native add-ons that ssh2 does without where they are missing.
    external: ["*.node", "cpu-features"],
    banner: {
      // CommonJS packages ask for Node's own modules by `require`, which a module does not have.
      js: `// bundled from ${sources}\nimport { createRequire as requireOfBundle } from "node:module";\nconst require = requireOfBundle(import.meta.url);`,
    },
    logLevel: "error",
  });
  renameSync(unfinished, file);
}

/** What the file was bundled from, if it was made. */
export function bundledFrom(file: string): string | undefined {
  if (!existsSync(file)) return undefined;
  return firstLine.exec(readFileSync(file, "utf8"))?.[1];
}

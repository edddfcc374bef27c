// Writes the build context of the reference application's image: node images/reference-app/build.ts [DIRECTORY]
import { chmod, cp, mkdir, readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build, type Metafile } from "esbuild";
import { licences } from "../../embedded/parts/licences.ts";

const source = import.meta.dirname;
const root = path.dirname(path.dirname(source));

/** Where the context lies that the npm package ships. */
export const defaultContext = path.join(root, "dist", "images", "reference-app", "context");

/**
 * Bundles the reference application and writes the context of its image, anew each time.
 *
 * @param directory - Folder of the context. What it held is removed.
 */
export async function buildReferenceApp(directory: string = defaultContext): Promise<void> {
  await rm(directory, { recursive: true, force: true });
  await mkdir(path.join(directory, "app"), { recursive: true });
  await cp(path.join(source, "Dockerfile"), path.join(directory, "Dockerfile"));
  await cp(path.join(source, "bin"), path.join(directory, "bin"), { recursive: true });
  for (const command of await readdir(path.join(directory, "bin"))) {
    await chmod(path.join(directory, "bin", command), 0o755);
  }
  const bundled = await bundle(path.join(directory, "app", "server.js"));
  await writeFile(path.join(directory, "app", "licences.txt"), licences(root, [bundled]));
}

async function bundle(outfile: string): Promise<Metafile> {
  const { metafile } = await build({
    entryPoints: [path.join(source, "main.ts")],
    outfile,
    absWorkingDir: root,
    bundle: true,
    platform: "node",
    // The executables load it with `require`, as Next.js's own server.js is loaded.
    format: "cjs",
    target: "node22",
    // Names stay, so that stack traces can be read.
    minifySyntax: true,
    minifyWhitespace: true,
    keepNames: true,
    legalComments: "none",
    // Parts of the clients that are used only when asked for, and never are here.
    external: ["pg-native", "@chroma-core/default-embed"],
    // The form of it that reads no file beside itself.
    alias: { "@platformatic/wasm-utils": "@platformatic/wasm-utils/bundled" },
    // Kafka's client looks for optional packages from where it lies; CommonJS has another name for that.
    define: { "import.meta.url": "bundleUrl" },
    banner: { js: 'const bundleUrl = require("node:url").pathToFileURL(__filename).href;' },
    metafile: true,
    logLevel: "warning",
  });
  return metafile;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const directory = path.resolve(process.argv[2] ?? defaultContext);
  await buildReferenceApp(directory);
  console.log(`wrote the reference application's image context to ${directory}`);
}

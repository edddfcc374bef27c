// Writes the build context of the reference application's image: node images/reference-app/build.ts [DIRECTORY]
import { chmod, cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build, type Metafile } from "esbuild";

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
  await writeFile(path.join(directory, "app", "licences.txt"), await licences(bundled));
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
    metafile: true,
    logLevel: "warning",
  });
  return metafile;
}

/** The licence texts of the packages in the bundle, as those licences ask. */
async function licences({ inputs }: Metafile): Promise<string> {
  const packages = new Set(
    Object.keys(inputs).flatMap((file) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? []),
  );
  const texts = await Promise.all([...packages].toSorted().map(licence));
  return texts.join("\n\n");
}

async function licence(folder: string): Promise<string> {
  const { license }: { license?: string } = JSON.parse(
    await readFile(path.join(root, folder, "package.json"), "utf8"),
  );
  const files = await readdir(path.join(root, folder));
  const texts = files.filter((file) => /^(licen[cs]e|notice)/i.test(file));
  const contents = await Promise.all(texts.map((file) => readFile(path.join(root, folder, file), "utf8")));
  const heading = `── ${folder.replace(/^.*node_modules\//, "")}: ${license ?? "see below"}`;
  return [heading, ...contents.map((text) => text.trim())].join("\n\n");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const directory = path.resolve(process.argv[2] ?? defaultContext);
  await buildReferenceApp(directory);
  console.log(`wrote the reference application's image context to ${directory}`);
}

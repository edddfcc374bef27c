// Writes the build context of the reference worker's image: node images/reference-worker/build.ts [DIRECTORY]
import { cp, mkdir, rm } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { pythonPackages } from "../../embedded/images/python.ts";

const source = import.meta.dirname;
const root = path.dirname(path.dirname(source));

/** Where the context lies that the npm package ships. */
export const defaultContext = path.join(root, "dist", "images", "reference-worker", "context");

/** What of the sources goes into the image. */
const PACKAGES = ["reference", "webui"];

/**
 * Fetches what the reference worker needs beside Celery, and writes the context of its image, anew each time.
 *
 * @param directory - Folder of the context. What it held is removed.
 * @param signal - Stops the fetching
 */
export async function buildReferenceWorker(directory: string, signal: AbortSignal): Promise<void> {
  const app = path.join(directory, "app");
  await rm(directory, { recursive: true, force: true });
  await mkdir(app, { recursive: true });
  await cp(path.join(source, "Dockerfile"), path.join(directory, "Dockerfile"));
  for (const name of PACKAGES) {
    const filter = (file: string) => path.basename(file) !== "__pycache__";
    await cp(path.join(source, name), path.join(app, name), { recursive: true, filter });
  }
  const requirements = path.join(source, "requirements.txt");
  await pythonPackages(path.join(app, "packages"), ["--requirement", requirements], signal);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const directory = path.resolve(process.argv[2] ?? defaultContext);
  await buildReferenceWorker(directory, new AbortController().signal);
  console.log(`wrote the reference worker's image context to ${directory}`);
}

import { readFileSync } from "node:fs";
import { copyFile, rename, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import * as path from "node:path";
import { pythonPackages } from "./python.ts";

/** Version of the Python package whose server goes into the `chroma` image. */
export const chromaVersion = "1.5.9";

/** Chroma's server: the compiled module of its Python package, fetched by pip for the Python of the base image. */
export async function chromaServer(folder: string, signal: AbortSignal): Promise<void> {
  const installed = path.join(folder, "installed");
  await pythonPackages(installed, [`chromadb==${chromaVersion}`], signal);
  await rename(path.join(installed, "chromadb_rust_bindings"), path.join(folder, "chromadb_rust_bindings"));
  await rm(installed, { recursive: true });
}

/** Version of Flower in the `flower` image; the versions of all that it needs are in the recipe's `requirements.txt`. */
export const flowerVersion = "2.1.0";

/** Flower and Celery, with all that they need. */
export async function flowerPackages(folder: string, signal: AbortSignal): Promise<void> {
  const requirements = path.join(folder, "requirements.txt");
  await pythonPackages(path.join(folder, "packages"), ["--requirement", requirements], signal);
}

const node = findNode();

/** Version of the Node that goes into the `node` image. */
export const nodeVersion = node.version;

/** Node itself: that of the npm package `node` where it is installed, else the one that runs this. */
export async function nodeProgram(folder: string): Promise<void> {
  await copyFile(node.program, path.join(folder, "node"));
}

function findNode(): { program: string; version: string } {
  const manifest = resolvePackage("node");
  if (!manifest) return { program: process.execPath, version: process.versions.node };
  const { version }: { version: string } = JSON.parse(readFileSync(manifest, "utf8"));
  return { program: path.join(path.dirname(manifest), "bin", "node"), version };
}

function resolvePackage(name: string): string | undefined {
  try {
    return createRequire(import.meta.url).resolve(`${name}/package.json`);
  } catch {
    return undefined;
  }
}

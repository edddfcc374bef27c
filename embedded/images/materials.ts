import { readFileSync } from "node:fs";
import { copyFile, rename, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import * as path from "node:path";
import { run } from "./run.ts";

/** Version of the Python package whose server goes into the `chroma` image. */
export const chromaVersion = "1.5.9";

/** Chroma's server: the compiled module of its Python package, fetched by pip for the Python of the base image. */
export async function chromaServer(folder: string, signal: AbortSignal): Promise<void> {
  const installed = path.join(folder, "installed");
  await run(
    "python3",
    ["-m", "pip", "install", "--quiet", "--no-deps", "--no-compile", "--target", installed].concat(
      ["--only-binary", ":all:", "--implementation", "cp", "--python-version", BASE_PYTHON],
      WHEEL_PLATFORMS.flatMap((platform) => ["--platform", platform]),
      `chromadb==${chromaVersion}`,
    ),
    { signal, mend: "needs Python 3 with pip, e.g. apt-get install python3-pip" },
  );
  await rename(path.join(installed, "chromadb_rust_bindings"), path.join(folder, "chromadb_rust_bindings"));
  await rm(installed, { recursive: true });
}

/** Python's minor version in the base image's Debian release. */
const BASE_PYTHON = "3.11";

/** What the compiled modules of packages are named after, newest first: C library and processor. */
const WHEEL_PLATFORMS = ["manylinux_2_28", "manylinux_2_17", "manylinux2014"].map(
  (libc) => `${libc}_${process.arch === "arm64" ? "aarch64" : "x86_64"}`,
);

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

import { copyFile, rm } from "node:fs/promises";
import * as path from "node:path";
import { buildGo, type GoBuild } from "../go/build.ts";
import { keelsonHome } from "../parts/home.ts";
import { digestOfFolder } from "./digest.ts";

/** A program of an image, built from its Go module. */
export interface GoProgram extends Pick<
  GoBuild<string>,
  "what" | "module" | "tags" | "variables" | "cParts"
> {
  /** Name of its file. */
  readonly name: string;
  /** Its package. */
  readonly package: string;
  readonly version: string;
}

/**
 * Builds a program for an image, unless it is there from the same module, and puts it at a path.
 *
 * @throws Error if there is no Go, or the build fails: with Go's own last words
 */
export async function goProgram(
  { name, package: source, version, ...build }: GoProgram,
  file: string,
  signal: AbortSignal,
  report: (line: string) => void,
): Promise<void> {
  const images = path.join(keelsonHome(), "images");
  const caches = path.join(images, `${name}-build`);
  const { [name]: program } = await buildGo({
    ...build,
    programs: { [name]: source },
    folder: path.join(images, `${name}-${version}-${digestOfFolder(build.module).slice(0, 12)}`),
    caches,
    environment: process.env,
    progress: (line) => report(`${name}: ${line}`),
    signal,
  });
  await copyFile(program!, file);
  // Of no use after a success.
  await rm(caches, { recursive: true, force: true });
}

import * as path from "node:path";
import { base } from "./base.ts";
import { digestOf, digestOfFolder } from "./digest.ts";
import {
  chromaServer,
  chromaVersion,
  flowerPackages,
  flowerVersion,
  nodeProgram,
  nodeVersion,
} from "./materials.ts";
import { ollamaServer, ollamaVersion } from "./ollama.ts";
import { packageFolder } from "./package-folder.ts";
import type { ImageName } from "./types.ts";

/** An image with a recipe: those of the catalogue, and what the reference application is built on. */
export type RecipeName = Exclude<ImageName, "reference-app"> | "node";

/** How an embedded image is made. Its Dockerfile, and what that copies, is in `recipes/<name>/`. */
export interface Recipe {
  /** Version of the program inside. Debian's fixes within a release don't change what is named here. */
  readonly version: string;
  /** Puts into the build's folder what only the package clients of this machine can fetch. */
  readonly fetchMaterials?: (
    folder: string,
    signal: AbortSignal,
    report: (line: string) => void,
  ) => Promise<void>;
}

/** Every recipe by name. */
export const recipes: Readonly<Record<RecipeName, Recipe>> = {
  busybox: { version: "1.35.0" },
  caddy: { version: "2.6.2" },
  postgres: { version: "15" },
  redis: { version: "7.0" },
  chroma: { version: chromaVersion, fetchMaterials: chromaServer },
  curl: { version: "7.88.1" },
  ollama: { version: ollamaVersion, fetchMaterials: ollamaServer },
  flower: { version: flowerVersion, fetchMaterials: flowerPackages },
  node: { version: nodeVersion, fetchMaterials: nodeProgram },
};

/** Folder of a recipe's files. */
export function recipeFolder(name: RecipeName): string {
  return path.join(packageFolder, "embedded", "images", "recipes", name);
}

/** Name and tag of an embedded image. */
export function embeddedReference(name: RecipeName): string {
  return `keelson-embedded/${name}:${recipes[name].version}`;
}

/** Changes with all that decides an image's content, save for the packages' own versions. */
export function recipeDigest(name: RecipeName): string {
  return digestOf(base.digest, recipes[name].version, digestOfFolder(recipeFolder(name)));
}

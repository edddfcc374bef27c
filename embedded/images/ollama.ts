import { copyFile, rm } from "node:fs/promises";
import * as path from "node:path";
import { buildGo } from "../go/build.ts";
import { requiredVersion } from "../go/module.ts";
import { keelsonHome } from "../parts/home.ts";
import { digestOfFolder } from "./digest.ts";
import { packageFolder } from "./package-folder.ts";

/** The recipe's folder: what is required of the server's Go module is there, too. */
const module = path.join(packageFolder, "embedded", "images", "recipes", "ollama");

/** Version of the server that goes into the `ollama` image. */
export const ollamaVersion = requiredVersion(module, "github.com/ollama/ollama");

/** Ollama's server with its library for processors, built from its Go module: three minutes, and 3 GB of disk until it is done. */
export async function ollamaServer(
  folder: string,
  signal: AbortSignal,
  report: (line: string) => void,
): Promise<void> {
  const images = path.join(keelsonHome(), "images");
  const caches = path.join(images, "ollama-build");
  const { ollama } = await buildGo({
    what: "Ollama",
    module,
    programs: { ollama: "github.com/ollama/ollama" },
    // Names are looked up by Go itself: C's library can't when it is linked in.
    tags: ["netgo", "osusergo"],
    variables: { "github.com/ollama/ollama/version.Version": ollamaVersion },
    cParts: true,
    folder: path.join(images, `ollama-${ollamaVersion}-${digestOfFolder(module).slice(0, 12)}`),
    caches,
    environment: process.env,
    progress: (line) => report(`ollama: ${line}`),
    signal,
  });
  await copyFile(ollama, path.join(folder, "ollama"));
  // Of no use after a success.
  await rm(caches, { recursive: true, force: true });
}

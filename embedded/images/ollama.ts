import * as path from "node:path";
import { requiredVersion } from "../go/module.ts";
import { goProgram } from "./go-program.ts";
import { packageFolder } from "./package-folder.ts";

/** The recipe's folder: what is required of the server's Go module is there, too. */
const module = path.join(packageFolder, "embedded", "images", "recipes", "ollama");

/** Version of the server that goes into the `ollama` image. */
export const ollamaVersion = requiredVersion(module, "github.com/ollama/ollama");

/** Ollama's server with its library for processors: three minutes, and 3 GB of disk until it is done. */
export async function ollamaServer(
  folder: string,
  signal: AbortSignal,
  report: (line: string) => void,
): Promise<void> {
  const server = {
    what: "Ollama",
    name: "ollama",
    package: "github.com/ollama/ollama",
    version: ollamaVersion,
    module,
    // Names are looked up by Go itself: C's library can't when it is linked in.
    tags: ["netgo", "osusergo"],
    variables: { "github.com/ollama/ollama/version.Version": ollamaVersion },
    cParts: true,
  };
  await goProgram(server, path.join(folder, "ollama"), signal, report);
}

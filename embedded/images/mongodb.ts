import * as path from "node:path";
import { requiredVersion } from "../go/module.ts";
import { goProgram } from "./go-program.ts";
import { nodeProgram } from "./materials.ts";
import { packageFolder } from "./package-folder.ts";
import { run } from "./run.ts";

/** The stand-in's sources and what they require. */
const module = path.join(packageFolder, "embedded", "images", "recipes", "mongodb", "mongod");

/** Version of FerretDB, which stands in for MongoDB in the `mongodb` image. */
export const ferretVersion = requiredVersion(module, "github.com/FerretDB/FerretDB");

/** The stand-in, built from its Go module in a minute, and MongoDB's own shell from its npm package, with the Node that runs it. */
export async function mongodbPrograms(
  folder: string,
  signal: AbortSignal,
  report: (line: string) => void,
): Promise<void> {
  await nodeProgram(folder);
  await run(
    "npm",
    [
      "ci",
      "--prefix",
      path.join(folder, "shell"),
      "--omit=optional",
      "--ignore-scripts",
      "--no-audit",
      "--no-fund",
    ],
    { signal, mend: "needs npm, which comes with Node" },
  );
  const standIn = {
    what: "the stand-in for MongoDB",
    name: "mongod",
    package: "github.com/FerretDB/FerretDB/keelson/mongod",
    version: ferretVersion,
    module,
  };
  await goProgram(standIn, path.join(folder, "mongod-program"), signal, report);
}

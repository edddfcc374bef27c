import { copyFile, rm } from "node:fs/promises";
import * as path from "node:path";
import { buildGo } from "../go/build.ts";
import { requiredVersion } from "../go/module.ts";
import { keelsonHome } from "../parts/home.ts";
import { digestOfFolder } from "./digest.ts";
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
  await copyFile(await standIn(signal, report), path.join(folder, "mongod-program"));
}

async function standIn(signal: AbortSignal, report: (line: string) => void): Promise<string> {
  const images = path.join(keelsonHome(), "images");
  const caches = path.join(images, "mongodb-build");
  const { mongod } = await buildGo({
    what: "the stand-in for MongoDB",
    module,
    programs: { mongod: "github.com/FerretDB/FerretDB/keelson/mongod" },
    folder: path.join(images, `mongod-${ferretVersion}-${digestOfFolder(module).slice(0, 12)}`),
    caches,
    environment: process.env,
    progress: (line) => report(`mongodb: ${line}`),
    signal,
  });
  // Of no use after a success.
  await rm(caches, { recursive: true, force: true });
  return mongod;
}

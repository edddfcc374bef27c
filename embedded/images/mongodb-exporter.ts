import * as path from "node:path";
import { requiredVersion } from "../go/module.ts";
import { goProgram } from "./go-program.ts";
import { packageFolder } from "./package-folder.ts";

/** The recipe's folder: what is required of the exporter's Go module is there, too. */
const module = path.join(packageFolder, "embedded", "images", "recipes", "mongodb-exporter");

const PACKAGE = "github.com/percona/mongodb_exporter";

/** Version of the exporter that goes into the `mongodb-exporter` image. */
export const mongodbExporterVersion = requiredVersion(module, PACKAGE);

/** Percona's exporter, built from its Go module. */
export async function mongodbExporter(
  folder: string,
  signal: AbortSignal,
  report: (line: string) => void,
): Promise<void> {
  const exporter = {
    what: "the exporter of MongoDB's metrics",
    name: "mongodb_exporter",
    package: PACKAGE,
    version: mongodbExporterVersion,
    module,
    variables: { "main.version": mongodbExporterVersion },
  };
  await goProgram(exporter, path.join(folder, "mongodb_exporter"), signal, report);
}

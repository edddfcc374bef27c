/**
 * Completes dist/ after the compiler, for the published package: bundles each program that the engine starts, and puts the Go module that the
 * engine is built from beside what builds it.
 */
import { copyFileSync } from "node:fs";
import * as path from "node:path";
import { bundle } from "./bundle.ts";
import { bundleName, embeddedPrograms } from "./programs.ts";

const embedded = path.dirname(import.meta.dirname);
const published = path.join(embedded, "..", "dist", "embedded");

for (const program of embeddedPrograms()) {
  await bundle(
    path.join(embedded, program, "main.ts"),
    path.join(published, "bundles", bundleName(program)),
    "a release",
  );
}
for (const file of ["go.mod", "go.sum"]) {
  copyFileSync(path.join(embedded, "engine", file), path.join(published, "engine", file));
}

/**
 * Completes dist/ after the compiler, for the published package: bundles each program that the engine starts, with the licences of what is in
 * them, and each stand-in for a server, and puts the Go modules that the engine and the cluster are built from beside what builds them.
 */
import { copyFileSync, globSync, mkdirSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { publishStandIns } from "../images/stand-ins.ts";
import { bundle } from "./bundle.ts";
import { licences } from "./licences.ts";
import { bundleName, embeddedPrograms } from "./programs.ts";

const embedded = path.dirname(import.meta.dirname);
const root = path.dirname(embedded);
const published = path.join(root, "dist", "embedded");
const bundles = path.join(published, "bundles");

const made = await Promise.all(
  embeddedPrograms().map((program) =>
    bundle(path.join(embedded, program, "main.ts"), path.join(bundles, bundleName(program)), "a release"),
  ),
);
writeFileSync(path.join(bundles, "licences.txt"), licences(root, made));
await publishStandIns();
for (const file of globSync("**/{go.mod,go.sum,*.go}", { cwd: embedded })) {
  mkdirSync(path.dirname(path.join(published, file)), { recursive: true });
  copyFileSync(path.join(embedded, file), path.join(published, file));
}

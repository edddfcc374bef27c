// Runs a command with the packages of this checkout: installs them first where they are missing or out of date.
// Plain JavaScript, so that it runs on any Node that a fresh machine has: node bin/with-packages.mjs COMMAND [ARG …]
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const stamp = path.join(root, "node_modules", ".installed-from");

/** Installs the packages that the lock file names, unless it was done already. */
export function installPackages() {
  const wanted = createHash("sha256")
    .update(readFileSync(path.join(root, "package-lock.json")))
    .digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  const started = Date.now();
  console.log("installing npm packages …");
  // The package `node` fetches its binary in its install script; npm 11 and later ask to be told that scripts may run.
  const { status } = spawnSync("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: root,
    stdio: "inherit",
  });
  if (status !== 0) {
    console.error("npm could not install the packages; its own message is above. Mend that and run this again.");
    process.exit(status ?? 1);
  }
  writeFileSync(stamp, wanted);
  console.log(`installed npm packages in ${Math.round((Date.now() - started) / 1000)} s`);
}

/** The environment in which the commands of the packages, Node itself among them, come first. */
export function withPackages() {
  return { ...process.env, PATH: `${path.join(root, "node_modules", ".bin")}${path.delimiter}${process.env.PATH}` };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  installPackages();
  const [command, ...args] = process.argv.slice(2);
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: "inherit", env: withPackages() });
  if (error) console.error(`cannot run "${command}": ${error.message}`);
  process.exit(status ?? 1);
}

// Runs a command with the packages of this checkout: installs them first where they are missing or out of date.
// Plain JavaScript, so that it runs on any Node that a fresh machine has: node bin/with-packages.mjs COMMAND [ARG …]
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, realpathSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { runAndExit } from "./run.mjs";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** Node in the version that this project is written for; itself one of the packages. */
export const node = path.join(root, "node_modules", ".bin", "node");

/** Installs the packages that the lock file names, unless they are there already. */
export function installPackages() {
  if (isInstalled()) return;
  const started = Date.now();
  console.error("npm packages: installing …");
  const { status, error } = spawnSync("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: root,
    // Standard output belongs to the command that is run afterwards.
    stdio: ["ignore", process.stderr, process.stderr],
  });
  if (error)
    fail(`cannot run npm: ${error.message}`, "install npm, which comes with Node, and run this again");
  if (status !== 0)
    fail("npm could not install the packages", "mend what its message above says and run this again");
  if (!existsSync(node)) {
    fail(
      "npm installed the packages without running their install scripts, so that Node 24 is missing",
      "run: npm config delete ignore-scripts && rm -rf node_modules, then run this again",
    );
  }
  console.error(`npm packages: installed in ${Math.round((Date.now() - started) / 1000)} s`);
}

/** The environment in which the commands of the packages, Node itself among them, come first. */
export function withPackages() {
  return { ...process.env, PATH: `${path.dirname(node)}${path.delimiter}${process.env.PATH}` };
}

/** npm notes in a lock file of its own, as the last step of an installation, what lies in node_modules. */
function isInstalled() {
  const present = packagesOf("node_modules/.package-lock.json");
  return (
    existsSync(node) &&
    Object.entries(packagesOf("package-lock.json")).every(
      // The package without a name is this one; optional ones are for other systems, for the most part.
      ([name, { version, optional }]) => name === "" || optional || present[name]?.version === version,
    )
  );
}

function packagesOf(lockFile) {
  const file = path.join(root, lockFile);
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")).packages : {};
}

function fail(problem, remedy) {
  console.error(`error: ${problem}\n  ${remedy}`);
  process.exit(1);
}

if (realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  installPackages();
  const [command, ...args] = process.argv.slice(2);
  runAndExit(command, args, { cwd: root, env: withPackages() });
}

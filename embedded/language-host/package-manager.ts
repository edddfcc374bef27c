import { existsSync } from "node:fs";
import * as path from "node:path";
import { execa } from "execa";
import { packageManagers, type PackageManager, type RuntimeOptions } from "./options.ts";

const lockFiles: Readonly<Record<PackageManager, readonly string[]>> = {
  npm: ["package-lock.json", "npm-shrinkwrap.json"],
  yarn: ["yarn.lock"],
  pnpm: ["pnpm-lock.yaml"],
  bun: ["bun.lock", "bun.lockb"],
};

/** How each installs what package.json names; `production` leaves out what only development needs. */
const installArguments: Readonly<Record<PackageManager, (production: boolean) => readonly string[]>> = {
  npm: (production) => ["install", "--loglevel=error", ...(production ? ["--omit=dev"] : [])],
  yarn: (production) => ["install", ...(production ? ["--production"] : [])],
  pnpm: (production) => ["install", ...(production ? ["--prod"] : [])],
  bun: (production) => ["install", ...(production ? ["--production"] : [])],
};

/** The package manager that is asked for, else the one whose lock file is nearest to the program, else npm. */
export function packageManagerOf(options: RuntimeOptions, directory: string): PackageManager {
  if (options.packagemanager !== "auto") return options.packagemanager;
  for (let folder = path.resolve(directory); ; folder = path.dirname(folder)) {
    const found = packageManagers.find((name) =>
      lockFiles[name].some((file) => existsSync(path.join(folder, file))),
    );
    if (found) return found;
    if (folder === path.dirname(folder)) return "npm";
  }
}

export function installCommand(manager: PackageManager, options: RuntimeOptions): readonly string[] {
  return installArguments[manager](options.production);
}

/** Its version, or nothing if it is not installed. */
export async function versionOf(manager: PackageManager): Promise<string | undefined> {
  const { exitCode, stdout } = await execa(manager, ["--version"], { reject: false });
  return exitCode === 0 ? stdout.trim() : undefined;
}

import { readFileSync } from "node:fs";
import * as path from "node:path";

const language = /^go (\d+\.\d+)/m;
const requirement = /^(?:require)?\s+(\S+) v(\S+)/gm;

/** The oldest Go release that builds a module, as its go.mod says, e.g. `1.26.0`. */
export function goVersion(module: string): string {
  const [, release] = language.exec(goMod(module)) ?? missing(module, "a version of Go");
  return `${release}.0`;
}

/** The version of another module that a module requires, without its leading `v`. */
export function requiredVersion(module: string, name: string): string {
  const requirements = [...goMod(module).matchAll(requirement)];
  const [, , version] =
    requirements.find(([, required]) => required === name) ?? missing(module, `a version of ${name}`);
  return version!;
}

/** The checksum of another module that a module requires, as its go.sum has it. */
export function checksum(module: string, name: string): string {
  const start = `${name} v${requiredVersion(module, name)} `;
  const lines = readFileSync(path.join(module, "go.sum"), "utf8").split("\n");
  const line = lines.find((candidate) => candidate.startsWith(start));
  if (line === undefined) throw new Error(`${path.join(module, "go.sum")} has no checksum of ${name}`);
  return line.slice(start.length);
}

function goMod(module: string): string {
  return readFileSync(path.join(module, "go.mod"), "utf8");
}

function missing(module: string, what: string): never {
  throw new Error(`${path.join(module, "go.mod")} does not name ${what}`);
}

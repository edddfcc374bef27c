import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The folder of the Go module that builds the engine; its go.sum holds the checksums of all that goes into it. */
export const moduleDirectory = fileURLToPath(new URL(".", import.meta.url));

const requirement = /^\s*github\.com\/pulumi\/pulumi\/pkg\/v3 v(\S+)/m;
const language = /^go (\d+\.\d+)/m;

/** The version of the engine that is built, without a leading `v`: the one that go.mod requires. */
export function engineVersion(): string {
  return fromModule(requirement, "a version of the engine");
}

/** The oldest Go release that can build it, e.g. `1.26.0`. */
export function goVersion(): string {
  return `${fromModule(language, "a version of Go")}.0`;
}

function fromModule(pattern: RegExp, what: string): string {
  const found = pattern.exec(readFileSync(new URL("go.mod", import.meta.url), "utf8"))?.[1];
  if (found === undefined) throw new Error(`${moduleDirectory}go.mod does not name ${what}`);
  return found;
}

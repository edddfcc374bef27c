import { readFileSync } from "node:fs";
import { run } from "./run.ts";

/**
 * Fetches Java packages and all that they need at run time.
 *
 * @param project - File of a Maven project that requires them
 * @param folder - Where their archives go
 */
export function mavenPackages(project: string, folder: string, signal: AbortSignal): Promise<void> {
  return run(
    "mvn",
    [
      ...["--batch-mode", "--quiet", "--file", project],
      ...["dependency:copy-dependencies", "-DincludeScope=runtime", `-DoutputDirectory=${folder}`],
    ],
    { signal, mend: "needs Maven with Java, e.g. apt-get install maven" },
  );
}

/**
 * A property of a Maven project, such as the version of what it requires.
 *
 * @throws Error if the project does not state it
 */
export function projectProperty(project: string, name: string): string {
  const text = readFileSync(project, "utf8");
  const value = text.split(`<${name}>`)[1]?.split(`</${name}>`)[0];
  if (value === undefined) throw new Error(`${project} states no ${name}`);
  return value;
}

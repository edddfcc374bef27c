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

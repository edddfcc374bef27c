import { existsSync } from "node:fs";
import * as path from "node:path";

/**
 * The folder of this package. What the compiler does not copy to `dist/` (Dockerfiles, scripts) is found from here, whether
 * the sources run or what was compiled from them.
 */
export const packageFolder = nearestPackage(import.meta.dirname);

function nearestPackage(folder: string): string {
  return existsSync(path.join(folder, "package.json")) ? folder : nearestPackage(path.dirname(folder));
}

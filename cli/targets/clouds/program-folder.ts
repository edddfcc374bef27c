import { accessSync, constants } from "node:fs";
import * as path from "node:path";

/** The first folder of a search path that has a program of this name, if one has. */
export function programFolder(program: string, searchPath: string): string | undefined {
  return searchPath.split(path.delimiter).find((folder) => isExecutable(path.join(folder, program)));
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

import { homedir } from "node:os";
import * as path from "node:path";

/**
 * The folder outside the work tree in which everything obtained, cached and remembered lies: `$KEELSON_HOME`, else
 * `$XDG_DATA_HOME/keelson`, else `~/.local/share/keelson`.
 */
export function keelsonHome(environment: Readonly<Record<string, string | undefined>> = process.env): string {
  if (environment.KEELSON_HOME) return path.resolve(environment.KEELSON_HOME);
  return path.join(environment.XDG_DATA_HOME || path.join(homedir(), ".local", "share"), "keelson");
}

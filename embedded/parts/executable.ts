import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { programFile } from "./programs.ts";
import { unfinished } from "./unfinished.ts";

/**
 * Puts an executable at `file` that runs one of the embedded programs with this Node; leaves it as it is if it does so already.
 *
 * @param program its folder below embedded/: `language-host`, `plugins/docker`
 */
export async function installExecutable(file: string, program: string, home: string): Promise<void> {
  const command = [process.execPath, await programFile(program, home)].map(quote).join(" ");
  const script = `#!/bin/sh\nexec ${command} "$@"\n`;
  if (existsSync(file) && readFileSync(file, "utf8") === script) return;
  mkdirSync(path.dirname(file), { recursive: true });
  // Another process may be starting the old one: it is replaced in one move.
  const made = unfinished(file);
  writeFileSync(made, script);
  chmodSync(made, 0o755);
  renameSync(made, file);
}

function quote(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

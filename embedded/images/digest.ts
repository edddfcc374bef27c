import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";

/** Digest of texts that follow each other, in hexadecimal digits. */
export function digestOf(...parts: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}

/** Digest of a folder's files: their paths and their contents, whatever their times and modes. */
export function digestOfFolder(folder: string): string {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .toSorted();
  return digestOf(...files.flatMap((file) => [path.relative(folder, file), readFileSync(file, "base64")]));
}

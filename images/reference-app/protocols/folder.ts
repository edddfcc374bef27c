import { randomUUID } from "node:crypto";
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Protocol } from "./protocol.ts";

/** Variables that name a folder, and what the applications do there. */
const folders: Readonly<Record<string, "writes" | "reads">> = {
  AUDIT_LOG_PATH: "writes",
  FAISS_INDEX_DIR: "reads",
  SCRYFALL_CACHE_DIR: "writes",
};

/**
 * The folder that a variable names, as a URL, if it is a variable that names one.
 *
 * @returns a sentence when what it names is no folder.
 */
export function folderUrl(variable: string, value: string): URL | string | undefined {
  const use = folders[variable];
  if (!use || value === "") return undefined;
  if (!path.isAbsolute(value)) return `${variable} is no absolute path: write it as in /var/log/service`;
  const url = pathToFileURL(value);
  url.searchParams.set("use", use);
  return url;
}

/** A folder: a file of its own written, read and removed, or the files that are there listed, where others write them. */
export const folder: Protocol = {
  title: "folder",
  // It is no address: the name of a variable alone tells a folder.
  sign: { schemes: {} },
  async prove({ url, service }) {
    const place = fileURLToPath(url);
    if (url.searchParams.get("use") === "reads") return `${(await readdir(place)).length} entries listed`;
    const file = path.join(place, `.reference-${service}-${randomUUID()}`);
    const written = randomUUID();
    try {
      await writeFile(file, written);
      if ((await readFile(file, "utf8")) !== written)
        throw new Error("a file was written, but another was read");
      return "a file written, read and removed";
    } finally {
      await rm(file, { force: true });
    }
  },
};

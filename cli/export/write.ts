import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import * as path from "node:path";
import { Mendable } from "../mendable.ts";
import type { ExportedFile, Format } from "./formats.ts";

/** Keeps the names of what an export wrote, so that the next one knows its own files from others'. */
const LIST = ".keelson-export";

/**
 * Writes an export into a folder, in place of the one that was there.
 *
 * @throws Mendable when the folder has files beside it that would be deployed with it
 */
export async function writeExport(
  folder: string,
  files: readonly ExportedFile[],
  { ending }: Pick<Format, "ending">,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const present = await readdir(folder);
  const before = present.includes(LIST) ? await ownFiles(folder) : [];
  const strange = present.filter((name) => ending.test(name) && !before.includes(name));
  if (strange.length > 0) {
    throw new Mendable(
      `${folder} has files already, which would be deployed as well: ${strange.join(", ")}`,
      "choose another folder: --to FOLDER",
    );
  }
  await Promise.all([...before, LIST].map((name) => rm(path.join(folder, name), { force: true })));
  const list: ExportedFile = {
    name: LIST,
    content: files.map(({ name }) => `${name}\n`).join(""),
    isSecret: false,
  };
  await Promise.all(
    [...files, list].map(({ name, content, isSecret }) =>
      // A file that is new has no other mode than this.
      writeFile(path.join(folder, name), content, { mode: isSecret ? 0o600 : 0o644, flag: "wx" }),
    ),
  );
}

async function ownFiles(folder: string): Promise<string[]> {
  return (await readFile(path.join(folder, LIST), "utf8")).split("\n").filter(Boolean);
}

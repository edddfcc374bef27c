import { mkdir, readdir, readlink, rename, symlink, unlink, writeFile } from "node:fs/promises";
import path from "node:path";

/** A model within `HF_HOME`, in the layout that Hugging Face's client libraries read: blobs, snapshots of links to them, and refs. */
export class CachedModel {
  readonly #folder: string;

  constructor(home: string, model: string) {
    this.#folder = path.join(home, "hub", `models--${model.replaceAll("/", "--")}`);
  }

  /** Where a blob lies, once it is whole. */
  async blobPath(etag: string): Promise<string> {
    const folder = path.join(this.#folder, "blobs");
    await mkdir(folder, { recursive: true });
    return path.join(folder, etag);
  }

  /** Has a file of a snapshot lead to a blob; safe to repeat. */
  async link(commit: string, file: string, etag: string): Promise<void> {
    const place = path.join(this.#folder, "snapshots", commit, file);
    const target = path.relative(path.dirname(place), path.join(this.#folder, "blobs", etag));
    if ((await readlink(place).catch(() => undefined)) === target) return;
    await mkdir(path.dirname(place), { recursive: true });
    await unlink(place).catch(() => "there was none");
    await symlink(target, place);
  }

  /** Says which commit a revision is: last, since then the snapshot is whole. */
  async refer(revision: string, commit: string): Promise<void> {
    const place = path.join(this.#folder, "refs", revision);
    await mkdir(path.dirname(place), { recursive: true });
    await writeFile(`${place}.new`, commit);
    await rename(`${place}.new`, place);
  }

  /** Names of the files of all snapshots, with their paths; none where there is no such model. */
  async files(): Promise<readonly string[]> {
    const snapshots = path.join(this.#folder, "snapshots");
    const found = await readdir(snapshots, { recursive: true, withFileTypes: true }).catch(() => []);
    return found
      .filter((entry) => !entry.isDirectory())
      .map(({ parentPath, name }) => path.join(parentPath, name));
  }
}

import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { copyFile, mkdir, readdir, rename, rm, stat } from "node:fs/promises";
import * as path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { badRequest, notFound } from "../request-error.ts";
import type { Store } from "./store.ts";

/** What a snapshot is, as Qdrant says it. */
export interface SnapshotDescription {
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  readonly creation_time: string;
  /** SHA-256, in hexadecimal digits. */
  readonly checksum: string;
}

/** Copies of collections as they were at some moment, each a file. */
export class Snapshots {
  readonly #folder: string;
  readonly #store: Store;

  constructor(folder: string, store: Store) {
    this.#folder = folder;
    this.#store = store;
  }

  async create(collection: string): Promise<SnapshotDescription> {
    const source = this.#store.get(collection);
    await mkdir(this.#folderOf(collection), { recursive: true });
    const moment = new Date().toISOString().replaceAll(/[T:.]/g, "-").slice(0, -1);
    const name = `${collection}-${moment}.snapshot`;
    const file = path.join(this.#folderOf(collection), name);
    // Under another name until it is whole.
    source.copyTo(`${file}.unfinished`);
    await rename(`${file}.unfinished`, file);
    return describe(file);
  }

  async list(collection: string): Promise<readonly SnapshotDescription[]> {
    this.#store.get(collection);
    return Promise.all((await this.#files(collection)).map(describe));
  }

  /** Where a snapshot lies. */
  async file(collection: string, name: string): Promise<string> {
    this.#store.get(collection);
    const file = (await this.#files(collection)).find((candidate) => path.basename(candidate) === name);
    if (file === undefined) throw notFound(`Not found: Snapshot ${name} not found`);
    return file;
  }

  async remove(collection: string, name: string): Promise<void> {
    await rm(await this.file(collection, name));
  }

  /**
   * Makes a collection what it was, from a snapshot in this server's folder or from where an HTTP server has it.
   *
   * @param checksum - that it must have
   */
  async recover(collection: string, location: URL, key?: string, checksum?: string): Promise<void> {
    const copy = path.join(await this.#prepared(collection), "recovered.unfinished");
    if (location.protocol === "file:") await copyFile(this.#inside(location), copy);
    else await download(location, copy, key);
    await this.#restore(collection, copy, checksum);
  }

  /** Makes a collection what it was, from a snapshot that a client brings. */
  async receive(collection: string, snapshot: File, checksum?: string): Promise<void> {
    const copy = path.join(await this.#prepared(collection), "received.unfinished");
    await pipeline(Readable.fromWeb(snapshot.stream()), createWriteStream(copy));
    await this.#restore(collection, copy, checksum);
  }

  async #restore(collection: string, copy: string, checksum: string | undefined): Promise<void> {
    try {
      const found = await checksumOf(copy);
      if (checksum !== undefined && checksum !== found)
        throw badRequest(`Snapshot checksum mismatch: expected ${checksum}, got ${found}`);
      this.#store.replace(collection, copy);
    } finally {
      for (const rest of ["", "-wal", "-shm"]) await rm(`${copy}${rest}`, { force: true });
    }
  }

  async #prepared(collection: string): Promise<string> {
    const folder = this.#folderOf(collection);
    await mkdir(folder, { recursive: true });
    return folder;
  }

  #inside(location: URL): string {
    const file = path.resolve(fileURLToPath(location));
    if (!file.startsWith(`${path.resolve(this.#folder)}${path.sep}`))
      throw badRequest(`Wrong input: Snapshot file ${file} is not in ${this.#folder}`);
    return file;
  }

  async #files(collection: string): Promise<readonly string[]> {
    const folder = await this.#prepared(collection);
    const names = (await readdir(folder)).filter((name) => name.endsWith(".snapshot"));
    return names.toSorted().map((name) => path.join(folder, name));
  }

  #folderOf(collection: string): string {
    const folder = path.join(this.#folder, collection);
    if (path.dirname(folder) !== path.resolve(this.#folder))
      throw badRequest("Wrong input: no name of a collection");
    return folder;
  }
}

async function describe(file: string): Promise<SnapshotDescription> {
  const { size, mtime } = await stat(file);
  // Without the zone, as Qdrant writes it; it is UTC.
  const creation_time = mtime.toISOString().slice(0, 19);
  return { name: path.basename(file), size, creation_time, checksum: await checksumOf(file) };
}

async function checksumOf(file: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(file), hash);
  return hash.digest("hex");
}

async function download(location: URL, file: string, key: string | undefined): Promise<void> {
  const response = await fetch(location, { headers: key === undefined ? {} : { "api-key": key } });
  if (!response.ok || !response.body)
    throw badRequest(`Wrong input: ${location.origin} answered ${response.status} to the snapshot's address`);
  await pipeline(Readable.fromWeb(response.body), createWriteStream(file));
}

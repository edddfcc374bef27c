import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import * as path from "node:path";
import { Collection, type CollectionSettings } from "./collection.ts";
import { badRequest, notFound, RequestError } from "../request-error.ts";

const POINTS = "points.sqlite";

/** All collections, each in a folder of its own. */
export class Store {
  readonly #folder: string;
  readonly #collections = new Map<string, Collection>();

  /** Opens what the folder holds. */
  constructor(folder: string) {
    this.#folder = path.join(folder, "collections");
    mkdirSync(this.#folder, { recursive: true });
    for (const name of readdirSync(this.#folder)) {
      const file = this.#fileOf(name);
      // A folder without a file is of a collection that was not created to its end.
      if (existsSync(file)) this.#collections.set(name, Collection.open(file));
    }
  }

  get names(): readonly string[] {
    return [...this.#collections.keys()].toSorted();
  }

  has(name: string): boolean {
    return this.#collections.has(name);
  }

  get(name: string): Collection {
    const collection = this.#collections.get(name);
    if (!collection) throw notFound(`Not found: Collection \`${name}\` doesn't exist!`);
    return collection;
  }

  create(name: string, settings: CollectionSettings): void {
    if (this.has(name)) throw new RequestError(409, `Wrong input: Collection \`${name}\` already exists!`);
    this.#collections.set(name, Collection.create(this.#prepare(name), settings));
  }

  /** Whether there was one. */
  remove(name: string): boolean {
    const collection = this.#collections.get(name);
    if (!collection) return false;
    collection.close();
    this.#collections.delete(name);
    rmSync(this.#folderOf(name), { recursive: true });
    return true;
  }

  /**
   * Puts a copy that was made of a collection in its place, or makes the collection from it.
   *
   * @param copy - is moved away
   */
  replace(name: string, copy: string): void {
    try {
      Collection.open(copy).close();
    } catch (error) {
      throw badRequest(
        `Wrong input: not a snapshot of this stand-in for Qdrant: ${(error as Error).message}`,
      );
    }
    this.remove(name);
    const file = this.#prepare(name);
    renameSync(copy, file);
    this.#collections.set(name, Collection.open(file));
  }

  close(): void {
    for (const collection of this.#collections.values()) collection.close();
    this.#collections.clear();
  }

  #prepare(name: string): string {
    // What Qdrant allows, less what a folder can't be named.
    if (!/^[^<>:"/\\|?*\p{Cc}]{1,255}$/u.test(name) || /^\.\.?$/.test(name))
      throw new RequestError(422, `Validation error in path parameters: [name: "${name}" is not allowed]`);
    mkdirSync(this.#folderOf(name), { recursive: true });
    return this.#fileOf(name);
  }

  #folderOf(name: string): string {
    return path.join(this.#folder, name);
  }

  #fileOf(name: string): string {
    return path.join(this.#folderOf(name), POINTS);
  }
}

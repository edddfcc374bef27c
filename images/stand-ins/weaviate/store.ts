import { mkdirSync } from "node:fs";
import * as path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fromBytes, toBytes } from "../vectors.ts";
import { distances } from "./distance.ts";
import { RequestError, unprocessable } from "../request-error.ts";
import { classSchema, extended, type GivenObject, type ObjectClass, type StoredObject } from "./schema.ts";

/** An object that was found, and how far it is. */
export interface Hit {
  readonly object: StoredObject;
  readonly distance: number;
}

/** Classes and their objects, in one file. Every change is on the disk when its call returns. */
export class Store {
  readonly #database: DatabaseSync;

  /** Opens what the folder holds. */
  constructor(folder: string) {
    mkdirSync(folder, { recursive: true });
    this.#database = new DatabaseSync(path.join(folder, "stand-in.sqlite"));
    this.#database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
      CREATE TABLE IF NOT EXISTS classes (name TEXT PRIMARY KEY, definition TEXT NOT NULL);
      CREATE TABLE IF NOT EXISTS objects (class TEXT NOT NULL REFERENCES classes ON DELETE CASCADE, id TEXT NOT NULL,
        vector BLOB, properties TEXT NOT NULL, created INTEGER NOT NULL, updated INTEGER NOT NULL, PRIMARY KEY (class, id))`);
  }

  get classes(): readonly ObjectClass[] {
    return this.#database.prepare("SELECT definition FROM classes ORDER BY name").all().map(definitionOf);
  }

  findClass(name: string): ObjectClass | undefined {
    const row = this.#database.prepare("SELECT definition FROM classes WHERE name = ?").get(name);
    return row && definitionOf(row);
  }

  addClass(definition: ObjectClass): void {
    if (this.findClass(definition.class))
      throw unprocessable(`class name ${definition.class} already exists`);
    this.#keepClass(definition);
  }

  /** Removes a class with its objects; one that is not there is passed over. */
  removeClass(name: string): void {
    this.#database.prepare("DELETE FROM classes WHERE name = ?").run(name);
  }

  /** Writes objects, all or none, and makes the classes and the properties that they need. */
  write(objects: readonly (GivenObject & { readonly id: string })[]): void {
    this.#database.exec("BEGIN IMMEDIATE");
    try {
      for (const object of objects) this.#write(object);
      this.#database.exec("COMMIT");
    } catch (error) {
      this.#database.exec("ROLLBACK");
      throw error;
    }
  }

  find(name: string, id: string): StoredObject | undefined {
    const row = this.#database
      .prepare("SELECT * FROM objects WHERE class = ? AND id = ?")
      .get(name, id.toLowerCase());
    return row && objectOf(row);
  }

  /** Whether there was one. */
  remove(name: string, id: string): boolean {
    const statement = this.#database.prepare("DELETE FROM objects WHERE class = ? AND id = ?");
    return statement.run(name, id.toLowerCase()).changes === 1;
  }

  objects(name: string): readonly StoredObject[] {
    return this.#database
      .prepare("SELECT * FROM objects WHERE class = ? ORDER BY id")
      .all(name)
      .map(objectOf);
  }

  /** The objects of a class that have a vector, the nearest first: all are compared. */
  search(name: string, vector: Float32Array): readonly Hit[] {
    const { vectorIndexConfig } = this.findClass(name)!;
    const distanceOf = distances[vectorIndexConfig.distance];
    const hits = this.objects(name).flatMap((object) => {
      if (!object.vector) return [];
      sameLength(object.vector, vector);
      return [{ object, distance: distanceOf(vector, object.vector) }];
    });
    return hits.toSorted((a, b) => a.distance - b.distance);
  }

  close(): void {
    if (this.#database.isOpen) this.#database.close();
  }

  #write(object: GivenObject & { readonly id: string }): void {
    const given = this.findClass(object.class) ?? classSchema.parse({ class: object.class });
    this.#keepClass(extended(given, object));
    const vector = object.vector ? Float32Array.from(object.vector) : undefined;
    if (vector) this.#checkLength(object.class, vector);
    const now = Date.now();
    this.#database
      .prepare(
        `INSERT INTO objects VALUES (?, ?, ?, ?, ?, ?)
           ON CONFLICT DO UPDATE SET vector = excluded.vector, properties = excluded.properties, updated = excluded.updated`,
      )
      .run(
        object.class,
        object.id.toLowerCase(),
        vector ? toBytes(vector) : null,
        JSON.stringify(object.properties ?? {}),
        now,
        now,
      );
  }

  #keepClass(definition: ObjectClass): void {
    const upsert =
      "INSERT INTO classes VALUES (?, ?) ON CONFLICT DO UPDATE SET definition = excluded.definition";
    this.#database.prepare(upsert).run(definition.class, JSON.stringify(definition));
  }

  #checkLength(name: string, vector: Float32Array): void {
    const any = this.#database.prepare(
      "SELECT vector FROM objects WHERE class = ? AND vector IS NOT NULL LIMIT 1",
    );
    const row = any.get(name);
    if (row) sameLength(fromBytes(row["vector"] as Uint8Array), vector);
  }
}

function sameLength(kept: Float32Array, given: Float32Array): void {
  if (kept.length === given.length) return;
  throw new RequestError(500, `vector lengths don't match: ${kept.length} vs ${given.length}`);
}

type Row = Record<string, unknown>;

function definitionOf({ definition }: Row): ObjectClass {
  return classSchema.parse(JSON.parse(String(definition)));
}

function objectOf(row: Row): StoredObject {
  return {
    class: String(row["class"]),
    id: String(row["id"]),
    properties: JSON.parse(String(row["properties"])),
    vector: row["vector"] ? fromBytes(row["vector"] as Uint8Array) : undefined,
    creationTimeUnix: Number(row["created"]),
    lastUpdateTimeUnix: Number(row["updated"]),
  };
}

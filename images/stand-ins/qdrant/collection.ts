import { DatabaseSync } from "node:sqlite";
import { z } from "zod";
import { fromBytes, toBytes } from "../vectors.ts";
import { type DistanceName, distances } from "./distance.ts";
import { type Filter, satisfies } from "./filter.ts";
import type { Point, PointId, StoredPoint } from "./point.ts";
import { badRequest } from "../request-error.ts";

const names = Object.keys(distances) as [DistanceName, ...DistanceName[]];

/** What a collection is created with; how it is indexed and laid out makes no difference to what it answers. */
export const collectionSchema = z.object({
  vectors: z.object({ size: z.int().positive().max(65_536), distance: z.enum(names) }),
  sparse_vectors: z.null().optional(),
});

/** What a collection was created with. */
export type CollectionSettings = Pick<z.infer<typeof collectionSchema>, "vectors">;

/** A point that was found, and how near it is. */
export interface Hit {
  readonly point: StoredPoint;
  readonly score: number;
}

/** What is searched for. */
export interface Search {
  readonly vector: readonly number[];
  readonly filter?: Filter | null | undefined;
  readonly limit: number;
  readonly offset?: number | null | undefined;
  /** Worst score that is still a hit. */
  readonly threshold?: number | null | undefined;
}

type Row = Record<string, unknown>;

/** The points of one collection, in one file. Every change is on the disk when its call returns. */
export class Collection {
  readonly settings: CollectionSettings;
  readonly #database: DatabaseSync;

  private constructor(database: DatabaseSync, settings: CollectionSettings) {
    this.#database = database;
    this.settings = settings;
  }

  /** Makes the file of a new collection. */
  static create(file: string, settings: CollectionSettings): Collection {
    const database = open(file);
    // Numbers come before UUIDs in the order of a column without a type, as they do in Qdrant's.
    database.exec(`CREATE TABLE points (id PRIMARY KEY NOT NULL, vector BLOB NOT NULL, payload TEXT NOT NULL) WITHOUT ROWID;
      CREATE TABLE collection (settings TEXT NOT NULL)`);
    database.prepare("INSERT INTO collection VALUES (?)").run(JSON.stringify(settings));
    return new Collection(database, settings);
  }

  /**
   * Opens the file of a collection.
   *
   * @throws Error if it is something else, or damaged
   */
  static open(file: string): Collection {
    const database = open(file);
    const [check] = Object.values(database.prepare("PRAGMA quick_check").get() ?? {});
    const row = database.prepare("SELECT settings FROM collection").get();
    if (check !== "ok" || !row) throw new Error(`${file} is damaged`);
    return new Collection(database, collectionSchema.parse(JSON.parse(String(row["settings"]))));
  }

  /** Writes points, all or none; those that are there are replaced. */
  upsert(points: readonly Point[]): void {
    const stored = points.map(({ id, vector, payload }) => ({ id, vector: this.#kept(vector), payload }));
    this.#atOnce("INSERT OR REPLACE INTO points VALUES (?, ?, ?)", (statement) => {
      for (const { id, vector, payload } of stored)
        statement.run(id, toBytes(vector), JSON.stringify(payload ?? {}));
    });
  }

  /** Removes points; those that are not there are passed over. */
  remove(ids: readonly PointId[]): void {
    this.#atOnce("DELETE FROM points WHERE id = ?", (statement) => ids.forEach((id) => statement.run(id)));
  }

  find(id: PointId): StoredPoint | undefined {
    const row = this.#database.prepare("SELECT * FROM points WHERE id = ?").get(id);
    return row && pointOf(row);
  }

  /** The points that satisfy a filter, by their ids from one on. */
  *points(filter?: Filter | null, from?: PointId | null): Generator<StoredPoint> {
    const statement = this.#database.prepare(`SELECT * FROM points WHERE ?1 IS NULL OR id >= ?1 ORDER BY id`);
    for (const row of statement.iterate(from ?? null)) {
      const point = pointOf(row);
      if (satisfies(filter, point.id, point.payload)) yield point;
    }
  }

  /** The nearest points, nearest first: all are compared. */
  search({ vector, filter, limit, offset, threshold }: Search): readonly Hit[] {
    const { score, higherIsNearer } = distances[this.settings.vectors.distance];
    const wanted = this.#kept(vector);
    const sign = higherIsNearer ? -1 : 1;
    const start = offset ?? 0;
    return Array.from(this.points(filter), (point) => ({ point, score: score(wanted, point.vector) }))
      .filter((hit) => threshold === null || threshold === undefined || sign * hit.score <= sign * threshold)
      .toSorted((a, b) => sign * (a.score - b.score))
      .slice(start, start + limit);
  }

  get count(): number {
    return Number(this.#database.prepare("SELECT count(*) AS count FROM points").get()?.["count"]);
  }

  /** Writes a copy of the collection as it is now. */
  copyTo(file: string): void {
    this.#database.prepare("VACUUM INTO ?").run(file);
  }

  close(): void {
    this.#database.close();
  }

  #kept(vector: readonly number[]): Float32Array {
    const { size, distance } = this.settings.vectors;
    if (vector.length !== size)
      throw badRequest(`Wrong input: Vector dimension error: expected dim: ${size}, got ${vector.length}`);
    return distances[distance].keep(Float32Array.from(vector));
  }

  #atOnce(sql: string, change: (statement: ReturnType<DatabaseSync["prepare"]>) => void): void {
    const statement = this.#database.prepare(sql);
    this.#database.exec("BEGIN IMMEDIATE");
    try {
      change(statement);
      this.#database.exec("COMMIT");
    } catch (error) {
      this.#database.exec("ROLLBACK");
      throw error;
    }
  }
}

function open(file: string): DatabaseSync {
  const database = new DatabaseSync(file);
  database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
  return database;
}

function pointOf({ id, vector, payload }: Row): StoredPoint {
  return {
    id: id as PointId,
    vector: fromBytes(vector as Uint8Array),
    payload: JSON.parse(String(payload)),
  };
}

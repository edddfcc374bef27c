import type { Database } from "./pool.ts";

/** A text that was stored. */
export interface Item {
  readonly id: string;
  readonly text: string;
  readonly createdAt: string;
}

/** How many items a listing gives. */
const listed = 100;

const columns = `id, text, to_json(created_at) as "createdAt"`;

/** A small record store on the service's own database, so that it can be seen whether data survives. */
export class Items {
  readonly #database: Pick<Database, "query">;

  constructor(database: Pick<Database, "query">) {
    this.#database = database;
  }

  async add(text: string): Promise<Item> {
    const [item] = await this.#query(`insert into reference_item (text) values ($1) returning ${columns}`, [
      text,
    ]);
    if (!item) throw new Error("the item was inserted, but the server returned no row");
    return item;
  }

  async get(id: string): Promise<Item | undefined> {
    const [item] = await this.#query(`select ${columns} from reference_item where id = $1`, [id]);
    return item;
  }

  /** The newest items, the newest first. */
  newest(): Promise<readonly Item[]> {
    return this.#query(`select ${columns} from reference_item order by id desc limit $1`, [listed]);
  }

  #query(statement: string, values: readonly unknown[]): Promise<readonly Item[]> {
    return this.#database.query<Item & Record<string, unknown>>(statement, values);
  }
}

import { Pool, type ClientConfig } from "pg";
import type { Variables } from "../environment.ts";
import { connect } from "./connection.ts";

/** A text that was stored. */
export interface Item {
  readonly id: string;
  readonly text: string;
  readonly createdAt: string;
}

/** How many items a listing gives. */
const listed = 100;

/** Time after which a connection or a query has failed. */
const timeoutMilliseconds = 5_000;

const columns = `id, text, to_json(created_at) as "createdAt"`;

/** A small record store on the service's own database, so that it can be seen whether data survives. */
export class Items {
  readonly #url: URL;
  readonly #variables: Variables;
  #pool: Promise<Pool> | undefined;

  constructor(url: URL, variables: Variables) {
    this.#url = url;
    this.#variables = variables;
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

  /** Closes the connections, after the queries that are under way. */
  async close(): Promise<void> {
    const pool = await this.#pool?.catch(() => undefined);
    await pool?.end();
  }

  async #query(statement: string, values: readonly unknown[]): Promise<readonly Item[]> {
    const pool = await (this.#pool ??= this.#connected());
    const { rows } = await pool.query<Item>(statement, [...values]);
    return rows;
  }

  /** The first connection finds out whether the server speaks TLS; those of the pool are made likewise. */
  async #connected(): Promise<Pool> {
    const settings = await this.#accepted().catch((error: unknown) => {
      this.#pool = undefined;
      throw error;
    });
    const pool = new Pool({
      ...settings,
      max: Number(this.#variables["DATABASE_POOL_SIZE"]) || 5,
      connectionTimeoutMillis: timeoutMilliseconds,
      query_timeout: timeoutMilliseconds,
    });
    // An idle connection that the server closed is replaced by the next query.
    pool.on("error", () => {});
    return pool;
  }
  async #accepted(): Promise<ClientConfig> {
    const { client, settings } = await connect(
      this.#url,
      this.#variables,
      AbortSignal.timeout(timeoutMilliseconds),
    );
    await client.end();
    return settings;
  }
}

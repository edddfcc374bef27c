import { Pool, type ClientConfig, type QueryResultRow } from "pg";
import type { Variables } from "../environment.ts";
import { connect } from "./connection.ts";

/** Time after which a connection or a query has failed. */
const timeoutMilliseconds = 5_000;

/** Connections to the service's own database, made when they are first needed. */
export class Database {
  readonly #url: URL;
  readonly #variables: Variables;
  #pool: Promise<Pool> | undefined;

  constructor(url: URL, variables: Variables) {
    this.#url = url;
    this.#variables = variables;
  }

  async query<Row extends QueryResultRow>(
    statement: string,
    values: readonly unknown[],
  ): Promise<readonly Row[]> {
    const pool = await (this.#pool ??= this.#connected());
    const { rows } = await pool.query<Row>(statement, [...values]);
    return rows;
  }

  /** Closes the connections, after the queries that are under way. */
  async close(): Promise<void> {
    const pool = await this.#pool?.catch(() => undefined);
    await pool?.end();
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

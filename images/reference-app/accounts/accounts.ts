import type { ClientBase } from "pg";
import type { Database } from "../database/pool.ts";
import { hashOf, isPassword } from "./password-hash.ts";

/** Who may log in. */
export class Accounts {
  readonly #database: Pick<Database, "query">;

  constructor(database: Pick<Database, "query">) {
    this.#database = database;
  }

  /** Whether there is an account of that name with that password; it takes as long either way. */
  async admits(name: string, password: string): Promise<boolean> {
    const [account] = await this.#database.query<{ stored: string }>(
      "select password_hash as stored from reference_account where name = $1",
      [name],
    );
    return (await isPassword(password, account?.stored ?? nobody)) && account !== undefined;
  }
}

/** The hash of no password. */
const nobody = `scrypt:${"00".repeat(16)}:${"00".repeat(32)}`;

/** What was done to an account. */
export type Bootstrapped = "account made" | "password changed" | "nothing";

/**
 * Sees to it that an account is there. Its password is set when it is made, and when another one is given than the last
 * time: what its owner changed meanwhile stays, as long as nobody gives another.
 *
 * @param record - Writes down what is done; where that fails, nothing is done.
 * @throws Error when the table is not there: the migrations come first.
 */
export async function bootstrapAccount(
  client: Pick<ClientBase, "query">,
  name: string,
  password: string,
  record: (event: Exclude<Bootstrapped, "nothing">) => Promise<void> = async () => {},
): Promise<Bootstrapped> {
  await client.query("begin");
  try {
    const { rows } = await client.query<{ given: string }>(
      "select given_hash as given from reference_account where name = $1 for update",
      [name],
    );
    const given = rows[0]?.given;
    if (given !== undefined && (await isPassword(password, given))) {
      await client.query("rollback");
      return "nothing";
    }
    const event = given === undefined ? "account made" : "password changed";
    await client.query(upsert, [name, await hashOf(password)]);
    await record(event);
    await client.query("commit");
    return event;
  } catch (error) {
    await client.query("rollback");
    throw error;
  }
}

const upsert = `insert into reference_account (name, password_hash, given_hash) values ($1, $2, $2)
  on conflict (name) do update set password_hash = excluded.password_hash, given_hash = excluded.given_hash`;

import { codeOf } from "../errors.ts";
import type { Protocol } from "./protocol.ts";

/** What PostgreSQL calls the error that a table is not there. */
const undefinedTable = "42P01";

/** How many proofs the table keeps. */
const kept = 1000;

/** A row in the table that the reference application's migrations make, inserted and selected. */
export const postgresql: Protocol = {
  title: "PostgreSQL",
  sign: {
    schemes: { postgresql: 5432, postgres: 5432 },
    parts: {
      scheme: "postgresql",
      host: "POSTGRES_HOST",
      port: "POSTGRES_PORT",
      defaultPort: 5432,
      user: "POSTGRES_USER",
      password: "POSTGRES_PASSWORD",
      path: "POSTGRES_DB",
    },
  },
  async prove({ url, service, variables, signal }) {
    const { connect } = await import("../database/connection.ts");
    const { client } = await connect(url, variables, signal);
    try {
      const inserted = await client.query<{ id: string }>(
        "insert into reference_proof (service) values ($1) returning id",
        [service],
      );
      const id = inserted.rows[0]?.id;
      const selected = await client.query<{ encryption: string | null }>(
        `select (select version from pg_stat_ssl where pid = pg_backend_pid()) as encryption
           from reference_proof where id = $1 and service = $2`,
        [id, service],
      );
      const row = selected.rows[0];
      if (!row) throw new Error(`row ${id} was inserted into reference_proof, but is not there`);
      await client.query("delete from reference_proof where id <= $1::bigint - $2", [id, kept]);
      return `row ${id} inserted into reference_proof and selected, ${row.encryption ?? "not encrypted"}`;
    } catch (error) {
      throw codeOf(error) === undefinedTable
        ? new Error(
            'table reference_proof does not exist: run "alembic upgrade head" with the same environment',
            {
              cause: error,
            },
          )
        : error;
    } finally {
      await client.end();
    }
  },
};

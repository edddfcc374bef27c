import type { ClientBase } from "pg";

/** One step of the schema. Steps that were released are never edited: a change is a new step. */
export interface Migration {
  readonly revision: string;
  readonly title: string;
  readonly statement: string;
}

/** The schema of the reference application, the oldest step first. */
export const migrations: readonly Migration[] = [
  {
    revision: "0001",
    title: "create the table of proofs",
    statement: `create table reference_proof (
      id bigint generated always as identity primary key,
      service text not null,
      proven_at timestamptz not null default now()
    )`,
  },
  {
    revision: "0002",
    title: "create the table of items",
    statement: `create table reference_item (
      id bigint generated always as identity primary key,
      text text not null,
      created_at timestamptz not null default now()
    )`,
  },
  {
    revision: "0003",
    title: "create the table of accounts",
    statement: `create table reference_account (
      name text primary key,
      password_hash text not null,
      given_hash text not null,
      created_at timestamptz not null default now()
    )`,
  },
];

/** Revision of a database without any step. */
const base = "<base>";

/** Any constant does, as long as it stays: it keeps two migrations of one database apart. */
const lock = 7_331_001;

/**
 * Applies what is missing, all in one transaction. Its version table is not called `alembic_version`, so that the migrations of the application
 * that is stood in for can be applied to the same database later.
 *
 * @param onStep - Hears of each step before it is applied.
 * @returns The revision of the database afterwards.
 * @throws Error when a step fails, or when the database is of a newer revision than is known here; nothing is changed then.
 */
export async function migrate(
  client: ClientBase,
  onStep: (migration: Migration, from: string) => void,
  steps: readonly Migration[] = migrations,
): Promise<string> {
  await client.query("begin");
  try {
    await client.query("select pg_advisory_xact_lock($1)", [lock]);
    await client.query("create table if not exists reference_version (revision text not null)");
    let current = await currentRevision(client);
    for (const step of missing(steps, current)) {
      onStep(step, current);
      await client.query(step.statement);
      await client.query("delete from reference_version");
      await client.query("insert into reference_version (revision) values ($1)", [step.revision]);
      current = step.revision;
    }
    await client.query("commit");
    return current;
  } catch (error) {
    await client.query("rollback");
    throw error;
  }
}

async function currentRevision(client: ClientBase): Promise<string> {
  const { rows } = await client.query<{ revision: string }>("select revision from reference_version");
  return rows[0]?.revision ?? base;
}

function missing(steps: readonly Migration[], current: string): readonly Migration[] {
  if (current === base) return steps;
  const applied = steps.findIndex(({ revision }) => revision === current);
  if (applied === -1) {
    const known = steps.map(({ revision }) => revision).join(", ");
    throw new Error(
      `the database is at revision "${current}", which is not one of ${known}: use an image at least as new as the one that migrated it`,
    );
  }
  return steps.slice(applied + 1);
}

import { databaseOf } from "../discovery.ts";
import { serviceName, type Variables } from "../environment.ts";
import type { Command } from "./command.ts";
import { type Report, runJob } from "./job.ts";

/** Time after which the migration has failed. */
const timeoutSeconds = 120;

/** `alembic upgrade head`: brings the database of the environment to the newest schema of the reference application. */
export const alembic: Command = async (args, environment) => {
  if (args.join(" ") === "upgrade head") return runJob("migration", environment, upgrade);
  console.error(
    `alembic: "${args.join(" ")}" is not known to the reference application: it does "alembic upgrade head"`,
  );
  return 2;
};

async function upgrade(variables: Variables, report: Report): Promise<void> {
  const database = databaseOf(variables);
  report(`this is keelson's reference application, standing in for "${serviceName(variables)}"`);
  report(`connecting to PostgreSQL at ${database.target}`);
  const { connect } = await import("../database/connection.ts");
  const { migrate } = await import("../database/migrations.ts");
  const { client } = await connect(database.url, variables, AbortSignal.timeout(1_000 * timeoutSeconds));
  try {
    const revision = await migrate(client, (step, from) =>
      report(`running upgrade ${from} -> ${step.revision}, ${step.title}`),
    );
    report(`the database is at revision ${revision} (head)`);
  } finally {
    await client.end();
  }
}

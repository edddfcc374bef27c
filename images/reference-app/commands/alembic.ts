import { discover } from "../discovery.ts";
import { readEnvironment, secretsOf, serviceName } from "../environment.ts";
import { describe } from "../errors.ts";
import { redactor } from "../redaction.ts";
import type { Command } from "./command.ts";

/** Time after which the migration has failed. */
const timeoutSeconds = 120;

/** `alembic upgrade head`: brings the database of the environment to the newest schema of the reference application. */
export const alembic: Command = async (args, environment) => {
  if (args.join(" ") !== "upgrade head") {
    console.error(
      `alembic: "${args.join(" ")}" is not known to the reference application: it does "alembic upgrade head"`,
    );
    return 2;
  }
  let redact = (text: string) => text;
  try {
    const variables = readEnvironment(environment);
    redact = redactor(secretsOf(variables));
    await upgrade(variables);
    return 0;
  } catch (error) {
    console.error(`ERROR [reference.migration] ${redact(describe(error))}`);
    return 1;
  }
};

async function upgrade(variables: Readonly<Record<string, string>>): Promise<void> {
  const { dependencies, problems } = discover(variables);
  if (problems.length > 0) throw new Error(problems.join("; "));
  const database = dependencies.find(({ protocol }) => protocol === "postgresql");
  if (!database)
    throw new Error("no database is named: set DATABASE_URL=postgresql://user:password@host:5432/database");

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

function report(text: string): void {
  console.error(`INFO  [reference.migration] ${text}`);
}

import { passwordProblems } from "../accounts/password-policy.ts";
import { AuditLog } from "../audit/audit-log.ts";
import { databaseOf } from "../discovery.ts";
import { serviceName, type Variables } from "../environment.ts";
import type { Command } from "./command.ts";
import { type Report, runJob } from "./job.ts";

/** Time after which it has failed. */
const timeoutSeconds = 60;

/** `python -m app.bootstrap_admin`: sees to it that ADMIN_USERNAME may log in with ADMIN_PASSWORD; safe to repeat. */
export const bootstrapAdmin: Command = (_, environment) =>
  runJob("admin", environment, (variables, report) =>
    bootstrap("ADMIN_USERNAME", "ADMIN_PASSWORD", variables, report),
  );

/** `python -m webui.create_superuser`: the same, of SUPERUSER_NAME with SUPERUSER_PASSWORD. */
export const createSuperuser: Command = (_, environment) =>
  runJob("superuser", environment, (variables, report) =>
    bootstrap("SUPERUSER_NAME", "SUPERUSER_PASSWORD", variables, report),
  );

async function bootstrap(who: string, secret: string, variables: Variables, report: Report): Promise<void> {
  const name = given(who, variables);
  const password = given(secret, variables);
  const problems = passwordProblems(password);
  if (problems.length > 0) throw new Error(`${secret} breaks the policy: it has ${problems.join(", ")}`);

  const database = databaseOf(variables);
  report(`this is keelson's reference application, standing in for "${serviceName(variables)}"`);
  report(`connecting to PostgreSQL at ${database.target}`);
  const { connect } = await import("../database/connection.ts");
  const { bootstrapAccount } = await import("../accounts/accounts.ts");
  const { client } = await connect(database.url, variables, AbortSignal.timeout(1_000 * timeoutSeconds));
  try {
    const folder = variables["AUDIT_LOG_PATH"];
    const audit = folder ? new AuditLog(folder) : undefined;
    const done = await bootstrapAccount(client, name, password, async (event) =>
      audit?.append({ event, account: name }),
    );
    report(`account "${name}": ${done}`);
  } finally {
    await client.end();
  }
}

function given(variable: string, variables: Variables): string {
  const value = variables[variable];
  if (!value) throw new Error(`${variable} is not set`);
  return value;
}

import { discover } from "../discovery.ts";
import { secretsOf, serviceName, type Variables } from "../environment.ts";
import { proveOnce } from "../proving.ts";
import { redactor } from "../redaction.ts";
import type { Command } from "./command.ts";
import { type Report, runJob } from "./job.ts";

/** Time after which the proof of a dependency has failed. */
const timeoutSeconds = 30;

/** `python -m app.ingest`: proves once all that its environment names, and fails where one of them does not work. */
export const ingest: Command = (_, environment) => runJob("ingestion", environment, proveAll);

async function proveAll(variables: Variables, report: Report): Promise<void> {
  const service = serviceName(variables);
  const { dependencies, problems } = discover(variables);
  if (problems.length > 0) throw new Error(problems.join("; "));
  report(`this is keelson's reference application, standing in for "${service}"`);
  const redact = redactor(secretsOf(variables));
  const circumstances = { service, variables, redact, timeoutSeconds, signal: new AbortController().signal };
  const outcomes = await Promise.all(
    dependencies.map(async (dependency) => {
      const { ok, detail } = await proveOnce(dependency, circumstances);
      report(`${dependency.name} ${ok ? "works" : "fails"}: ${detail}`);
      return { name: dependency.name, ok };
    }),
  );
  const failed = outcomes.filter(({ ok }) => !ok).map(({ name }) => name);
  if (failed.length > 0) throw new Error(`not everything works: ${failed.join(", ")}`);
}

import { readEnvironment, secretsOf, type Variables } from "../environment.ts";
import { describe } from "../errors.ts";
import { redactor } from "../redaction.ts";

/** Writes one line of a job's log. */
export type Report = (text: string) => void;

/**
 * Does a job to its end, with its environment.
 *
 * @param name - What its log calls it.
 * @returns 0 when it ended well, 1 when it failed; the reason is on standard error, without credentials.
 */
export async function runJob(
  name: string,
  environment: NodeJS.ProcessEnv,
  job: (variables: Variables, report: Report) => Promise<void>,
): Promise<number> {
  let redact = (text: string) => text;
  const write = (level: string, text: string) =>
    console.error(`${level} [reference.${name}] ${redact(text)}`);
  try {
    const variables = readEnvironment(environment);
    redact = redactor(secretsOf(variables));
    await job(variables, (text) => write("INFO ", text));
    return 0;
  } catch (error) {
    write("ERROR", describe(error));
    return 1;
  }
}

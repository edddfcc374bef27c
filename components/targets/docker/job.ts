import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";
import type { JobWorkload } from "../../model/workload.ts";

/** Time for the container itself, beside what the job has, in seconds. */
const GRACE = 60;

const ENDED = /keelson: attempt (\d+) exit (\d+)/;
const BEGUN = /keelson: attempt (\d+) begins/g;

/**
 * Number of a job's next attempt: counted up only after a failure, so that nothing but a failure repeats a job that
 * did not change. The log of the last attempt tells.
 */
export function attemptOf(container: string, options: pulumi.InvokeOptions): pulumi.Output<string> {
  const lines = (tail: string) =>
    docker
      .getLogs(
        {
          name: container,
          showStdout: true,
          showStderr: true,
          tail,
          logsListStringEnabled: true,
          discardHeaders: true,
        },
        options,
      )
      .then(({ logsListStrings }) => logsListStrings.join("\n"))
      // There is no container before the first attempt.
      .catch(() => "");
  return pulumi.output(nextAttempt(lines));
}

/** How long a job is waited for: the provider's own limit of 20 minutes is less than some have. */
export function jobTimeouts({ deadlineSeconds = 600 }: Pick<JobWorkload, "deadlineSeconds">) {
  return { create: `${deadlineSeconds + GRACE}s` };
}

/** Number of the next attempt, given how to read the last lines of the log of the last one. */
export async function nextAttempt(lines: (tail: string) => Promise<string>): Promise<string> {
  const last = await lines("1");
  if (last === "") return "1";
  const [, attempt = "", code = ""] = ENDED.exec(last) ?? [];
  if (code === "0") return attempt;
  // A job that was killed with its shell has no last word.
  const begun = attempt || [...(await lines("all")).matchAll(BEGUN)].at(-1)?.[1] || "0";
  return `${Number(begun) + 1}`;
}

import { z } from "zod";
import type { Manifest } from "./manifest.ts";

/** Times that a job may fail: with pauses that double from ten seconds up to six minutes, it is tried for over an hour. */
const RETRIES = 20;

/** What is said above such a job. */
export const RETRIED =
  " Without Pulumi nothing waits for the servers of this job: it is tried again until they are up.";

const job = z.looseObject({
  spec: z.looseObject({
    activeDeadlineSeconds: z.number().optional(),
    template: z.looseObject({ spec: z.looseObject({}) }),
  }),
});

/** Whether a manifest is a job that runs once. */
export function isJob({ apiVersion, kind }: Manifest): boolean {
  return kind === "Job" && apiVersion.startsWith("batch/");
}

/** A job that may fail until its servers are up: its deadline is that of each attempt then, and no longer that of all together. */
export function retried(manifest: Manifest): Manifest {
  const { spec } = job.parse(manifest);
  const { activeDeadlineSeconds, template, ...rest } = spec;
  const deadline = activeDeadlineSeconds === undefined ? {} : { activeDeadlineSeconds };
  return {
    ...manifest,
    spec: {
      ...rest,
      backoffLimit: RETRIES,
      template: { ...template, spec: { ...template.spec, ...deadline } },
    },
  };
}

import type * as k8s from "@pulumi/kubernetes";
import type { JobWorkload } from "../../model/workload.ts";

/** A job that failed in an earlier update is made again: Kubernetes would never run it a second time. */
export const RUN_AGAIN = { "pulumi.com/replaceUnready": "true" };

/** Time between the end of a job and the word of it, in seconds. */
const GRACE = 30;

/** A job that is tried once: whoever waits for it hears of a failure at once, and the next update tries again. */
export function jobSpec(
  { deadlineSeconds = 600 }: Pick<JobWorkload, "deadlineSeconds">,
  template: k8s.types.input.core.v1.PodTemplateSpec,
): k8s.types.input.batch.v1.JobSpec {
  return {
    backoffLimit: 0,
    activeDeadlineSeconds: deadlineSeconds,
    // A pod that a node's drain takes away has not failed.
    podFailurePolicy: {
      rules: [{ action: "Ignore", onPodConditions: [{ type: "DisruptionTarget", status: "True" }] }],
    },
    template,
  };
}

/** How long an update waits for a job, given its deadline. */
export function jobTimeouts({ deadlineSeconds = 600 }: Pick<JobWorkload, "deadlineSeconds">) {
  const seconds = `${deadlineSeconds + GRACE}s`;
  return { create: seconds, update: seconds, delete: "120s" };
}

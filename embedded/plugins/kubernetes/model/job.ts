import type { KubernetesObject } from "../api/object.ts";

interface JobStatus {
  readonly startTime?: string;
  readonly conditions?: readonly { readonly type: string; readonly status: string }[];
}

/** Whether a Job has run and succeeded. */
export function isComplete(job: KubernetesObject): boolean {
  const { startTime, conditions = [] } = (job["status"] ?? {}) as unknown as JobStatus;
  const isTrue = (type: string): boolean =>
    conditions.some((condition) => condition.type === type && condition.status === "True");
  return startTime !== undefined && isTrue("Complete") && !isTrue("Failed");
}

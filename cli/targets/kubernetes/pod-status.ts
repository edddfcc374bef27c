import type { V1Job, V1Pod } from "@kubernetes/client-node";
import { byCheck } from "../by-check.ts";
import type { Running } from "../target.ts";

/** How a pod or a job is. */
export type Status = Pick<Running, "ok" | "settling" | "detail">;

/** The part of a pod that tells how it is. */
export type PodStatus = Pick<V1Pod, "status" | "spec">;
/** The part of a job that tells how it is. */
export type JobStatus = Pick<V1Job, "status">;

const well = (detail: string): Status => ({ ok: true, settling: false, detail });
const settling = (detail: string): Status => ({ ok: false, settling: true, detail });
const unwell = (detail: string): Status => ({ ok: false, settling: false, detail });

/** Reasons of a container to wait that pass by themselves. */
const PASSING = new Set(["ContainerCreating", "PodInitializing"]);

/** Judges a pod by what Kubernetes knows of it. */
export function judgePod({ status = {}, spec }: PodStatus): Status {
  const { phase, conditions = [], reason, message } = status;
  const containers = [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])];
  if (phase === "Succeeded") return well("done");
  if (phase === "Failed") return unwell(failure(containers) ?? words("failed", reason, message));
  if (conditions.some(({ type, status: met }) => type === "Ready" && met === "True")) {
    return well(`ready${byCheck(readinessOf(spec))}${restarts(containers)}`);
  }
  const waiting = containers.flatMap(({ state }) => state?.waiting ?? []);
  const stuck = waiting.find(({ reason: why = "" }) => !PASSING.has(why));
  if (stuck) return unwell(`${words(stuck.reason ?? "waiting", stuck.message)}${restarts(containers)}`);
  const scheduled = conditions.find(({ type }) => type === "PodScheduled");
  if (scheduled?.status === "False") return settling(words("pending", scheduled.reason, scheduled.message));
  if (phase === "Running") return settling(`running, not ready${restarts(containers)}`);
  return settling(waiting[0]?.reason ?? "pending");
}

/** The readiness probe of a pod's first container that has one, as `http 8000 /health`. */
function readinessOf(spec: PodStatus["spec"]): string | undefined {
  const { httpGet, tcpSocket, exec } =
    spec?.containers.find((each) => each.readinessProbe)?.readinessProbe ?? {};
  if (httpGet) return `http ${httpGet.port} ${httpGet.path ?? "/"}`;
  return tcpSocket ? `tcp ${tcpSocket.port}` : exec?.command?.join(" ");
}

/** Judges a job by what Kubernetes knows of it. */
export function judgeJob({ status: { conditions = [] } = {} }: JobStatus): Status {
  const met = (wanted: string) => conditions.find(({ type, status }) => type === wanted && status === "True");
  if (met("Complete")) return well("done");
  const failed = met("Failed");
  return failed ? unwell(words("failed", failed.reason, failed.message)) : settling("running");
}

type ContainerStatuses = NonNullable<NonNullable<V1Pod["status"]>["containerStatuses"]>;

/** How the first container ended that did not end well. */
function failure(containers: ContainerStatuses): string | undefined {
  const ended = containers.flatMap(({ state }) => state?.terminated ?? []);
  const bad = ended.find(({ exitCode }) => exitCode !== 0);
  return bad && words(`exited with ${bad.exitCode}`, bad.reason === "Error" ? undefined : bad.reason);
}

function restarts(containers: ContainerStatuses): string {
  const count = containers.reduce((sum, { restartCount }) => sum + restartCount, 0);
  return count === 0 ? "" : `, restarted ${count === 1 ? "once" : `${count} times`}`;
}

function words(...parts: readonly (string | undefined)[]): string {
  return parts.filter(Boolean).join(": ");
}

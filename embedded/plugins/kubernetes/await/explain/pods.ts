import type { V1ContainerStatus, V1Pod } from "@kubernetes/client-node";
import { bracketed, conditionOf, fullName, isTrue } from "../facts.ts";
import type { Live } from "../rule.ts";

type Container = Live<V1ContainerStatus>;

/** Why a pod isn't ready, as its own status tells; nothing for one that is, or that is only on its way. */
export function podTrouble(pod: Live<V1Pod>): string | undefined {
  const { status, metadata } = pod;
  if (status?.phase === "Succeeded" || isTrue(conditionOf(status, "Ready"))) return undefined;
  const said = [
    ...(metadata?.deletionTimestamp === undefined
      ? []
      : [`is being deleted since ${metadata.deletionTimestamp}`]),
    ...scheduling(pod),
    ...(status?.phase === "Failed" && status.reason ? [bracketed(status)] : []),
    ...blocked(pod),
    ...containersOf(pod).flatMap(containerTrouble),
  ];
  return said.length > 0 ? `[Pod ${fullName(pod)}]: ${said.join(" ")}` : undefined;
}

/** Containers that ran and did not come to be ready: what they wrote may tell why. */
export function failingContainers(pod: Live<V1Pod>): readonly Container[] {
  return containersOf(pod).filter(
    ({ ready, state, lastState }) =>
      !ready && (state?.running ?? state?.terminated ?? lastState?.terminated) !== undefined,
  );
}

function containersOf({ status }: Live<V1Pod>): readonly Container[] {
  return [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])];
}

/** The scheduler's words. */
function scheduling({ status }: Live<V1Pod>): readonly string[] {
  const scheduled = conditionOf(status, "PodScheduled");
  return scheduled?.status === "False" && scheduled.message ? [bracketed(scheduled)] : [];
}

/** The first step on its way that it has not passed. */
function blocked({ status }: Live<V1Pod>): readonly string[] {
  const condition = ["Initialized", "Ready"]
    .map((type) => conditionOf(status, type))
    .find((found) => found && !isTrue(found));
  return condition?.reason && condition.message ? [condition.message] : [];
}

/** The states in which a container is on its way, and nothing is wrong. */
const onItsWay: ReadonlySet<string> = new Set(["ContainerCreating", "PodInitializing"]);

function containerTrouble({ name, ready, state, lastState }: Container): readonly string[] {
  if (ready) return [];
  const waits = state?.waiting;
  const ended = state?.terminated;
  const before = lastState?.terminated;
  return [
    ...(waits && !onItsWay.has(waits.reason ?? "") ? [bracketed(waits)] : []),
    ...(ended && ended.exitCode !== 0
      ? [ended.message ? bracketed(ended) : `container "${name}" completed with exit code ${ended.exitCode}`]
      : []),
    ...(before
      ? [
          `container "${name}" terminated at ${before.finishedAt} (${before.reason}: exit code ${before.exitCode})`,
          ...(before.message ? [before.message] : []),
        ]
      : []),
  ];
}

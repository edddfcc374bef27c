import type { V1StatefulSet } from "@kubernetes/client-node";
import { isObserved, isOwnedBy } from "../facts.ts";
import { ready, rule, type Live } from "../rule.ts";

/**
 * Ready when all copies are ready and of the newest revision; with a `partition` when those at and above it are; with the strategy `OnDelete`, which
 * leaves old copies in place, whatever their revision.
 */
export const statefulSet = rule<V1StatefulSet>({
  isRead: true,
  judge({ object }) {
    const { replicas, readyReplicas } = counts(object);
    const isReady = isObserved(object) && replicas === object.status?.replicas && replicas === readyReplicas;
    const isAtRevision = isObserved(object) && hasRevision(object);
    if (isReady && isAtRevision) return ready;
    const current = isAtRevision
      ? readyReplicas
      : Math.min(readyReplicas, object.status?.updatedReplicas ?? 0);
    return {
      is: "waiting",
      status: progress(object, `${current}/${replicas} Pods ready`, isReady),
      reasons: [
        ...(isReady ? [] : [`${current} out of ${replicas} replicas succeeded readiness checks`]),
        ...(isAtRevision ? [] : [behind(object)]),
      ],
    };
  },
  pods: ({ object, related }) => related.pods.filter((pod) => isOwnedBy(pod, object)),
});

function counts({ spec, status }: Live<V1StatefulSet>): {
  readonly replicas: number;
  readonly readyReplicas: number;
} {
  return { replicas: spec?.replicas ?? 1, readyReplicas: status?.readyReplicas ?? 0 };
}

/** Whether as many copies as should have the newest revision have it. */
function hasRevision(object: Live<V1StatefulSet>): boolean {
  const { spec, status, metadata } = object;
  if (spec?.updateStrategy?.type === "OnDelete" && (metadata?.generation ?? 0) > 1) return true;
  const { replicas } = counts(object);
  const partition = spec?.updateStrategy?.rollingUpdate?.partition ?? 0;
  if (partition > 0) return (status?.updatedReplicas ?? 0) >= replicas - partition;
  const isComplete =
    status?.currentRevision !== undefined && status.currentRevision === status.updateRevision;
  return isComplete && (status.currentReplicas ?? 0) === replicas;
}

function progress({ metadata }: Live<V1StatefulSet>, pods: string, isReady: boolean): string {
  if ((metadata?.generation ?? 0) <= 1) return `[1/2] Waiting for StatefulSet to create Pods (${pods})`;
  return isReady
    ? "[2/3] Waiting for StatefulSet to update .status.currentRevision"
    : `[1/3] Waiting for StatefulSet update to roll out (${pods})`;
}

function behind({ status }: Live<V1StatefulSet>): string {
  const { currentRevision = "", updateRevision = "" } = status ?? {};
  return `StatefulSet controller failed to advance from revision "${currentRevision}" to revision "${updateRevision}"`;
}

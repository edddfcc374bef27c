import type { V1Deployment, V1ReplicaSet } from "@kubernetes/client-node";
import { bracketed, conditionOf, isObserved, isOwnedBy, isTrue } from "../facts.ts";
import { ready, rule, type Live, type Situation } from "../rule.ts";

/** The controller's number for the pod template; the ReplicaSet made from it has the same. */
const revision = "deployment.kubernetes.io/revision";

/**
 * Ready when all copies are of the newest template and available, and no old one is left: what `kubectl rollout status` waits for. A deadline for
 * progress that passed doesn't end the wait: the rollout may still come to its end.
 */
export const deployment = rule<V1Deployment>({
  isRead: true,
  judge(situation) {
    const { object } = situation;
    const replicas = object.spec?.replicas ?? 1;
    const { updatedReplicas = 0, availableReplicas = 0, replicas: present = 0 } = object.status ?? {};
    const isRolledOut =
      isObserved(object) &&
      updatedReplicas >= replicas &&
      present <= updatedReplicas &&
      availableReplicas >= updatedReplicas;
    const isAvailable = isTrue(conditionOf(object.status, "Available"));
    if (isRolledOut && (isAvailable || replicas === 0)) return ready;
    const readyReplicas = newReplicaSet(situation)?.status?.readyReplicas ?? 0;
    return {
      is: "waiting",
      status: `Waiting for app ReplicaSet to be available (${readyReplicas}/${replicas} Pods available)`,
      reasons: [...complaints(object), shortfall(object, isAvailable)],
    };
  },
  replicaSet: newReplicaSet,
  pods(situation) {
    const replicaSet = newReplicaSet(situation);
    return situation.related.pods.filter((pod) => replicaSet && isOwnedBy(pod, replicaSet));
  },
});

function newReplicaSet({ object, related }: Situation<V1Deployment>): Live<V1ReplicaSet> | undefined {
  const current = object.metadata?.annotations?.[revision];
  return related.replicasets.find(
    (replicaSet) => isOwnedBy(replicaSet, object) && replicaSet.metadata?.annotations?.[revision] === current,
  );
}

function complaints({ status }: Live<V1Deployment>): readonly string[] {
  const progressing = conditionOf(status, "Progressing");
  const available = conditionOf(status, "Available");
  const refused = conditionOf(status, "ReplicaFailure");
  return [
    ...(progressing && !isTrue(progressing) ? [progressing] : []),
    ...(available && !isTrue(available) ? [available] : []),
    ...(refused && isTrue(refused) ? [refused] : []),
  ].map(bracketed);
}

function shortfall({ metadata }: Live<V1Deployment>, isAvailable: boolean): string {
  if (!isAvailable) return "Minimum number of live Pods was not attained";
  return metadata?.annotations?.[revision] === "1"
    ? "Minimum number of Pods to consider the application live was not attained"
    : "Attempted to roll forward to new ReplicaSet, but minimum number of Pods did not become live";
}

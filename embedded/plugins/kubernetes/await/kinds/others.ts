/** Kinds whose readiness is one field of theirs. */
import { isDeepStrictEqual } from "node:util";
import type {
  V1CustomResourceDefinition,
  V1ReplicationController,
  V1ResourceQuota,
  V1Secret,
} from "@kubernetes/client-node";
import { bracketed, conditionOf, isObserved, isOwnedBy, isTrue } from "../facts.ts";
import { polled, ready, rule, waiting } from "../rule.ts";

/** A token of a service account is filled in by a controller; all other secrets are ready as they are. */
export const secret = rule<V1Secret>({
  ...polled(5),
  judge({ object: { type, data } }) {
    const isFilledIn = type !== "kubernetes.io/service-account-token" || Object.keys(data ?? {}).length > 0;
    return isFilledIn ? ready : waiting("Waiting for the token to be filled in");
  },
});

export const resourceQuota = rule<V1ResourceQuota>({
  ...polled(60),
  judge({ object: { spec, status } }) {
    return isDeepStrictEqual(spec?.hard, status?.hard)
      ? ready
      : waiting("Waiting for the quota to be in force");
  },
});

export const replicationController = rule<V1ReplicationController>({
  ...polled(600),
  judge({ object }) {
    const replicas = object.spec?.replicas ?? 1;
    const available = object.status?.availableReplicas ?? 0;
    return isObserved(object) && available === replicas
      ? ready
      : waiting(`Available: ${available}/${replicas}`);
  },
  pods: ({ object, related }) => related.pods.filter((pod) => isOwnedBy(pod, object)),
});

/** Ready when its objects can be made. The official plugin doesn't wait, and tries the objects again until it is so. */
export const customResourceDefinition = rule<V1CustomResourceDefinition>({
  judge({ object: { status } }) {
    const refused = conditionOf(status, "NamesAccepted");
    if (refused?.status === "False") return { is: "failed", reasons: [bracketed(refused)] };
    return isTrue(conditionOf(status, "Established")) ? ready : waiting("Install in progress");
  },
});

import type { V1DaemonSet } from "@kubernetes/client-node";
import { isObserved, isOwnedBy } from "../facts.ts";
import { ready, rule, waiting } from "../rule.ts";

/** Ready when each node that should have a pod has one of the newest template, ready and available. */
export const daemonSet = rule<V1DaemonSet>({
  isRead: true,
  timedOut: () => "timed out waiting for the condition",
  judge({ object: { metadata, status }, object }) {
    if (!status || !isObserved(object))
      return waiting(
        `DaemonSet generation is ${metadata?.generation}, but latest observed generation is ${status?.observedGeneration ?? "none"}`,
      );
    const desired = status.desiredNumberScheduled;
    const short = [
      ["Current", status.currentNumberScheduled],
      ["Updated", status.updatedNumberScheduled ?? 0],
      ["Available", status.numberAvailable ?? 0],
      ["Ready", status.numberReady],
    ].find(([, count]) => Number(count) < desired);
    return short ? waiting(`${short[0]}: ${short[1]}/${desired}`) : ready;
  },
  pods: ({ object, related }) => related.pods.filter((pod) => isOwnedBy(pod, object)),
});

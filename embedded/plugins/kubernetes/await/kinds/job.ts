import type { V1Job } from "@kubernetes/client-node";
import { bracketed, conditionOf, fullName, isOwnedBy, isTrue } from "../facts.ts";
import { ready, rule, waiting, type Live } from "../rule.ts";

/**
 * Ready when it is complete; a failed one stays failed (`BackoffLimitExceeded`, `DeadlineExceeded`, `PodFailurePolicy` …). One that its own
 * specification suspends is left as it is: nothing would end the wait.
 */
export const job = rule<V1Job>({
  isRead: true,
  judge({ object }) {
    const failed = conditionOf(object.status, "Failed");
    if (failed && isTrue(failed)) return { is: "failed", reasons: [bracketed(failed)] };
    if (isTrue(conditionOf(object.status, "Complete"))) return ready;
    if (object.spec?.suspend && isTrue(conditionOf(object.status, "Suspended"))) return ready;
    return waiting(progress(object));
  },
  pods: ({ object, related }) => related.pods.filter((pod) => isOwnedBy(pod, object)),
});

function progress(object: Live<V1Job>): string {
  const { startTime, active = 0, succeeded = 0, failed = 0 } = object.status ?? {};
  const name = fullName(object);
  return startTime === undefined
    ? `Waiting for Job "${name}" to start`
    : `Waiting for Job "${name}" to succeed (Active: ${active} | Succeeded: ${succeeded} | Failed: ${failed})`;
}

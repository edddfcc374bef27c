import type { V1Pod } from "@kubernetes/client-node";
import { conditionOf, fullName, isTrue } from "../facts.ts";
import { ready, rule, waiting } from "../rule.ts";

/** What a pod passes on its way, in order. */
const steps = [
  ["PodScheduled", "scheduled"],
  ["Initialized", "initialized"],
  ["Ready", "ready"],
] as const;

/** Ready when its containers are, or when they have all ended well. A pod that failed is never started again. */
export const pod = rule<V1Pod>({
  isRead: true,
  judge({ object }) {
    const { status } = object;
    if (status?.phase === "Succeeded") return ready;
    if (status?.phase === "Failed") return { is: "failed", reasons: [] };
    const step = steps.find(([type]) => !isTrue(conditionOf(status, type)));
    return step ? waiting(`Waiting for Pod "${fullName(object)}" to be ${step[1]}`, []) : ready;
  },
  pods: ({ object }) => [object],
});

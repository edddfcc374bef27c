import { conditionOf, isTrue } from "../facts.ts";
import { ready, rule, waiting, type Verdict } from "../rule.ts";

/** What kinds of all sorts have in common: https://github.com/kubernetes-sigs/cli-utils/blob/master/pkg/kstatus/README.md */
interface Conditioned {
  readonly kind: string;
  readonly metadata?: { readonly generation?: number };
  readonly status?: {
    readonly observedGeneration?: number;
    readonly conditions?: {
      readonly type: string;
      readonly status: string;
      readonly reason?: string;
      readonly message?: string;
    }[];
  };
}

/**
 * Ready unless the object says otherwise: its controller has not seen it as it is now, or a condition `Reconciling` is true, or `Ready` is there and
 * not true. `Stalled` is for good.
 */
export const generic = rule<Conditioned>({
  timedOut: () => "timed out waiting for the condition",
  judge({ object: { kind, metadata, status } }): Verdict {
    const { generation = 0 } = metadata ?? {};
    const { observedGeneration = generation } = status ?? {};
    if (observedGeneration !== generation)
      return waiting(
        `${kind} generation is ${generation}, but latest observed generation is ${observedGeneration}`,
      );
    const stalled = conditionOf(status, "Stalled");
    if (stalled && isTrue(stalled)) return { is: "failed", reasons: [stalled.message ?? "Stalled"] };
    const reconciling = conditionOf(status, "Reconciling");
    if (reconciling && isTrue(reconciling)) return waiting(reconciling.message || "Waiting for readiness");
    const readiness = conditionOf(status, "Ready");
    if (readiness && !isTrue(readiness)) return waiting(readiness.message || "Waiting for readiness");
    return ready;
  },
});

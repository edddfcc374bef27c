import type { V1Pod } from "@kubernetes/client-node";
import type { Live, Rule, Situation } from "../rule.ts";
import { subject, subjectsOf, warningsAbout, type Subject } from "./events.ts";
import { podTrouble } from "./pods.ts";

/** Pods of one object mostly have the same trouble: so many are told of. */
const shownPods = 3;

/** The pods that are in trouble, as many as are told of; pods without trouble of their own are in it if events warn of them. */
export function troubledPods(rule: Rule, situation: Situation): readonly Live<V1Pod>[] {
  const pods = (rule.pods?.(situation) ?? []).filter(
    (pod) => podTrouble(pod) !== undefined || hasWarnings(pod, situation),
  );
  return pods.slice(0, shownPods);
}

/**
 * Why an object isn't ready, beyond what its own status says: the state of its pods, and warnings about all that it is made of.
 *
 * @param said what its status says, which no event says again
 */
export function explain(rule: Rule, situation: Situation, said: readonly string[] = []): readonly string[] {
  const pods = troubledPods(rule, situation);
  const troubles = pods.flatMap((pod) => podTrouble(pod) ?? []);
  const replicaSet = rule.replicaSet?.(situation);
  const subjects: readonly Subject[] = [
    subject(situation.object.kind, situation.object),
    ...(replicaSet ? [subject("ReplicaSet", replicaSet)] : []),
    ...pods.flatMap(subjectsOf),
  ];
  const warnings = unique(subjects, ({ kind, name }) => `${kind}/${name}`).flatMap((about) =>
    warningsAbout(about, situation.related.events, [...said, ...troubles]),
  );
  return [...troubles, ...warnings];
}

function hasWarnings(pod: Live<V1Pod>, { related }: Situation): boolean {
  return subjectsOf(pod).some((about) => warningsAbout(about, related.events, []).length > 0);
}

function unique<Item>(items: readonly Item[], key: (item: Item) => string): readonly Item[] {
  return [...new Map(items.map((item) => [key(item), item])).values()];
}

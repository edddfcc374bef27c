import { setTimeout as sleep } from "node:timers/promises";
import type { KubernetesObject } from "../api/object.ts";
import { NotReadyError, type AwaitContext } from "../readiness.ts";
import { explain, troubledPods } from "./explain/explain.ts";
import { lastLines } from "./explain/logs.ts";
import type { Rule, Situation, Verdict } from "./rule.ts";
import { ruleOf } from "./rules.ts";
import { StatusLine } from "./status-line.ts";
import { nothingRelated, Observation } from "./watch/observation.ts";

/** How often the status line is made anew, though the object itself didn't change: its pods may have. */
const renewalMilliseconds = 3000;

/** What happened to pods comes over other connections than what happened to their owner, mostly a moment later. */
const latenessMilliseconds = 300;

/** Waits until the object is ready. @returns the object as it then is. @throws NotReadyError */
export async function awaitReady(context: AwaitContext): Promise<KubernetesObject> {
  const rule = ruleOf(context.inputs);
  if (!rule || firstVerdict(rule, context.live).is === "ready") return context.live;
  const observation = new Observation(context.client, context.live, rule);
  try {
    return await untilReady(observation, rule, context);
  } finally {
    observation.end();
  }
}

/** For a refresh: looks once, without waiting. @throws NotReadyError if the object is not ready now */
export async function checkReady(context: AwaitContext): Promise<KubernetesObject> {
  const rule = ruleOf(context.inputs);
  if (!rule?.isRead || firstVerdict(rule, context.live).is === "ready") return context.live;
  const observation = new Observation(context.client, context.live, rule);
  try {
    await observation.seen(context.signal);
    const situation = { ...observation.situation(context.live), waitedMilliseconds: Infinity };
    const verdict = rule.judge(situation);
    if (verdict.is === "ready") return context.live;
    throw await notReady(failed(nameOf(context)), { context, observation, rule, situation, verdict });
  } finally {
    observation.end();
  }
}

/** Most objects can be judged by themselves: nothing related only ever means "not yet". */
function firstVerdict(rule: Rule, live: KubernetesObject): Verdict {
  return rule.judge({ object: live, related: nothingRelated, waitedMilliseconds: 0 });
}

async function untilReady(
  observation: Observation,
  rule: Rule,
  context: AwaitContext,
): Promise<KubernetesObject> {
  const limit = Math.min(context.timeoutSeconds, rule.limitSeconds ?? Infinity) * 1000;
  const line = new StatusLine(context.status);
  for (;;) {
    const { object, waitedMilliseconds: waited } = observation;
    if (!object) throw vanished(context);
    const situation = observation.situation(object);
    const verdict = rule.judge(situation);
    if (verdict.is === "ready") {
      line.clear();
      return object;
    }
    const message = ending(verdict, waited >= limit, context, rule);
    if (message) throw await notReady(message, { context, observation, rule, situation, verdict });
    if (observation.refusal) throw new NotReadyError(observation.refusal.message, object, []);
    line.show(observation.trouble ?? progress(rule, situation, verdict));
    const again = verdict.is === "waiting" ? verdict.againInMilliseconds : undefined;
    await observation.change(
      Math.min(limit - waited, renewalMilliseconds, again ?? Infinity),
      context.signal,
    );
  }
}

/** Whether and with what words a wait ends that did not lead to readiness. */
function ending(verdict: Verdict, isTimeUp: boolean, context: AwaitContext, rule: Rule): string | undefined {
  const name = nameOf(context);
  if (verdict.is === "failed") return failed(name);
  if (context.signal.aborted) return `Resource operation was cancelled for "${name}"`;
  if (!isTimeUp) return undefined;
  return rule.timedOut?.(name) ?? `'${name}' timed out waiting to be Ready`;
}

function failed(name: string): string {
  return `Resource '${name}' was created but failed to initialize`;
}

/** What the user sees meanwhile: what is waited for and, once it takes its time, what is in the way. */
function progress(rule: Rule, situation: Situation, verdict: Verdict): string | undefined {
  const obstacles = situation.waitedMilliseconds < renewalMilliseconds ? [] : explain(rule, situation);
  return obstacles[0] ?? (verdict.is === "waiting" ? verdict.status : undefined);
}

interface End {
  readonly context: AwaitContext;
  readonly observation: Observation;
  readonly rule: Rule;
  readonly situation: Situation;
  readonly verdict: Verdict;
}

/** The error, with all that is known of why; a user who cancels doesn't wait for logs. */
async function notReady(message: string, end: End): Promise<NotReadyError> {
  const { context, observation, rule, verdict } = end;
  const isCanceled = context.signal.aborted;
  if (verdict.is === "failed" && !isCanceled) await sleep(latenessMilliseconds);
  const situation = observation.situation(observation.object ?? context.live);
  const pods = isCanceled ? [] : troubledPods(rule, situation);
  const logs = await Promise.all(pods.map((pod) => lastLines(context.client, pod)));
  const own = verdict.is === "ready" ? [] : verdict.reasons;
  const reasons = [
    ...explain(rule, situation, own),
    ...own,
    ...(observation.trouble === undefined ? [] : [observation.trouble]),
    ...observation.gaps,
    ...logs.flat(),
  ];
  return new NotReadyError(message, observation.object ?? context.live, [...new Set(reasons)]);
}

function vanished(context: AwaitContext): NotReadyError {
  return new NotReadyError(failed(nameOf(context)), context.live, [
    `${context.live.kind} ${nameOf(context)} was deleted, or replaced by another of its name, while it was waited for`,
  ]);
}

function nameOf({ live }: AwaitContext): string {
  return live.metadata.name ?? "";
}

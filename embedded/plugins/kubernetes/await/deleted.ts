import { isNotFound } from "../api/errors.ts";
import { referenceTo, type KubernetesObject } from "../api/object.ts";
import { NotReadyError, type AwaitDeletedContext } from "../readiness.ts";
import { remains } from "./explain/remains.ts";
import { skipsDeletion } from "./rules.ts";
import { StatusLine } from "./status-line.ts";
import { Observation } from "./watch/observation.ts";

/** Waits until the object, whose deletion was asked for, is gone: its finalizers are done, what depends on it is deleted. @throws NotReadyError */
export async function awaitDeleted(context: AwaitDeletedContext): Promise<void> {
  if (skipsDeletion(context.inputs)) return;
  const present = await find(context);
  if (!present) return;
  const observation = new Observation(context.client, present);
  try {
    await untilDeleted(observation, context);
  } finally {
    observation.end();
  }
}

/** Most objects are gone before anything could be watched. */
async function find({
  client,
  live,
  reference,
  signal,
}: AwaitDeletedContext): Promise<KubernetesObject | undefined> {
  try {
    const found = await client.get(reference, { signal });
    return isSame(found, live) ? found : undefined;
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

/** Whether it is the object that was to be deleted, and not a new one of its name. */
function isSame(found: KubernetesObject, live: KubernetesObject): boolean {
  const { uid } = live.metadata;
  return uid === undefined || found.metadata.uid === uid;
}

async function untilDeleted(observation: Observation, context: AwaitDeletedContext): Promise<void> {
  const limit = context.timeoutSeconds * 1000;
  const line = new StatusLine(context.status);
  for (;;) {
    const { object, refusal, waitedMilliseconds: waited } = observation;
    if (!object || isNotFound(refusal)) {
      line.clear();
      return;
    }
    if (refusal) throw new NotReadyError(refusal.message, object, []);
    if (context.signal.aborted)
      throw new NotReadyError(
        `Resource operation was cancelled for "${referenceTo(object).name}"`,
        object,
        remains(object),
      );
    if (waited >= limit)
      throw new NotReadyError("timed out waiting for the condition", object, remains(object));
    line.show(observation.trouble ?? remains(object)[0] ?? "Resource scheduled for deletion");
    await observation.change(limit - waited, context.signal);
  }
}

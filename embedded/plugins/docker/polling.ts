import { setTimeout as sleep } from "node:timers/promises";

/** How often the daemon is asked while something is waited for, in milliseconds: a fraction of any wait that a person notices. */
const pace = 200;

/**
 * Asks until there is an answer.
 * @returns `undefined` if there was none when the time ran out or the signal was given
 */
export async function poll<Answer>(
  ask: () => Promise<Answer | undefined>,
  { seconds, signal }: { readonly seconds: number; readonly signal: AbortSignal },
): Promise<Answer | undefined> {
  const end = AbortSignal.any([signal, AbortSignal.timeout(seconds * 1000)]);
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    try {
      await sleep(pace, undefined, { signal: end });
    } catch {
      return undefined;
    }
  }
}

/** How long something that is still in use may keep its removal waiting. */
const removalSeconds = 30;

/**
 * Removes something, and tries again as long as it is still in use.
 * @param remove - answers whether it is gone
 * @param inUse - the official plugin's word for the state that is waited out
 */
export async function untilRemoved(
  remove: () => Promise<boolean>,
  inUse: string,
  signal: AbortSignal,
): Promise<void> {
  const removed = await poll(async () => (await remove()) || undefined, { seconds: removalSeconds, signal });
  if (removed) return;
  signal.throwIfAborted();
  throw new Error(
    `timeout while waiting for state to become 'removed' (last state: '${inUse}', timeout: ${removalSeconds}s)`,
  );
}

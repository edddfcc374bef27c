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

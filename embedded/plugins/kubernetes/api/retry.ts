import { setTimeout as sleep } from "node:timers/promises";
import { ApiError, UnreachableError } from "./errors.ts";

/** As often as Kubernetes' own client does. */
const attempts = 10;

/**
 * Sends again what the server asks to repeat (it is busy, or restarting), after the time that it names. A connection that breaks is tried again
 * once, if repeating does no harm.
 */
export async function retried<Result>(
  send: () => Promise<Result>,
  isRead: boolean,
  signal: AbortSignal | undefined,
): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await send();
    } catch (error) {
      const seconds = secondsToWait(error, isRead, attempt);
      if (seconds === undefined || attempt === attempts) throw error;
      await sleep(seconds * 1000, undefined, signal ? { signal } : {});
    }
  }
}

function secondsToWait(error: unknown, isRead: boolean, attempt: number): number | undefined {
  if (error instanceof ApiError) {
    const isTransient = error.status.code === 429 || error.status.code >= 500;
    return isTransient ? error.retryAfterSeconds : undefined;
  }
  return error instanceof UnreachableError && isRead && attempt === 1 && isReset(error) ? 0 : undefined;
}

/** A kept connection that the server closed at the moment when it was used. */
function isReset({ cause }: UnreachableError): boolean {
  return cause instanceof Error && "code" in cause && cause.code === "ECONNRESET";
}

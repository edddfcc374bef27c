const SIGNALS = ["SIGINT", "SIGTERM"] as const;

/**
 * Does work that cleans up after itself: SIGINT and SIGTERM, and the caller's own signal, stop it by way of the signal it is
 * given, and the error of the interruption is thrown once it has ended.
 */
export async function interruptible<Result>(
  outer: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const controller = new AbortController();
  const stop = (name: NodeJS.Signals) => controller.abort(new Error(`interrupted by ${name}`));
  for (const name of SIGNALS) process.on(name, stop);
  const signal = AbortSignal.any([controller.signal, ...(outer ? [outer] : [])]);
  try {
    return await work(signal);
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    for (const name of SIGNALS) process.off(name, stop);
  }
}

import type { Dependency } from "./discovery.ts";
import { describe } from "./errors.ts";
import { protocols } from "./protocols/index.ts";
import type { Proof } from "./protocols/protocol.ts";

/** Characters of an error that are shown. */
const longestDetail = 300;

/** How a proof ended. */
export interface Outcome {
  readonly ok: boolean;
  /** What was proved, or why not. */
  readonly detail: string;
  readonly milliseconds: number;
}

/** What a proof is given beside the dependency. */
export interface Circumstances extends Pick<Proof, "service" | "variables"> {
  readonly timeoutSeconds: number;
  /** Ends the proof before its time. */
  readonly signal: AbortSignal;
  /** Masks the credentials in a text. */
  readonly redact: (text: string) => string;
}

/** Proves a dependency once. Always answers, and within the time-out, whatever the server or its client do. */
export async function proveOnce(
  { protocol, url }: Dependency,
  { timeoutSeconds, redact, signal: ending, ...circumstances }: Circumstances,
): Promise<Outcome> {
  const started = performance.now();
  const signal = AbortSignal.any([ending, AbortSignal.timeout(1_000 * timeoutSeconds)]);
  const outcome = (ok: boolean, detail: string): Outcome => ({
    ok,
    detail: redact(detail).slice(0, longestDetail),
    milliseconds: Math.round(performance.now() - started),
  });
  try {
    const proof = protocols[protocol].prove({ ...circumstances, url, signal });
    return outcome(true, await Promise.race([proof, rejectedBy(signal)]));
  } catch (error) {
    return outcome(false, signal.aborted ? `no answer within ${timeoutSeconds} s` : describe(error));
  }
}

function rejectedBy(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(new Error("abandoned")), { once: true });
  });
}

import { setTimeout as rest } from "node:timers/promises";
import type { Dependency } from "./discovery.ts";
import { protocols } from "./protocols/index.ts";
import { proveOnce, type Circumstances, type Outcome } from "./proving.ts";

/** What is known of one dependency, as it is shown: without credentials. */
export interface WiringEntry {
  readonly name: string;
  /** Protocol as people write it. */
  readonly protocol: string;
  /** Address as `host:port`. */
  readonly target: string;
  /** Whether the last proof succeeded. */
  readonly ok: boolean;
  /** What the last proof proved, or why it failed. */
  readonly detail: string;
  /** How long the last proof took; null before the first one ended. */
  readonly milliseconds: number | null;
}

/** How dependencies are proven. */
export interface WiringOptions extends Omit<Circumstances, "signal" | "timeoutSeconds"> {
  readonly dependencies: readonly Dependency[];
  /** Hears of each proof, with the entry as it was before and as it is now. */
  readonly onProof?: (now: WiringEntry, before: WiringEntry) => void;
  /** Time between two proofs of a dependency. @defaultValue 10 */
  readonly everySeconds?: number;
  /** Time after which a proof has failed. @defaultValue 5 */
  readonly timeoutSeconds?: number;
}

interface Circuit {
  readonly dependency: Dependency;
  entry: WiringEntry;
  /** When it was last proven, on the monotonic clock. */
  provenAt: number;
}

/** Proves each dependency again and again in the background, so that a probe costs nothing and a hanging server holds up no one. */
export class Wiring {
  readonly #circuits: readonly Circuit[];
  readonly #options: Required<WiringOptions>;
  readonly #ending = new AbortController();
  #round: Promise<unknown> | undefined;

  constructor(options: WiringOptions) {
    this.#options = { everySeconds: 10, timeoutSeconds: 5, onProof: () => {}, ...options };
    this.#circuits = options.dependencies.map(untried);
  }

  /** Starts the proofs; the first of each dependency at once. */
  start(): void {
    for (const circuit of this.#circuits) void this.#keepProving(circuit);
  }

  /** Proves each dependency once more, and comes back when all proofs have ended. Whoever comes meanwhile waits for the same ones. */
  async prove(): Promise<void> {
    this.#round ??= Promise.all(this.#circuits.map((circuit) => this.#proveOnce(circuit))).finally(() => {
      this.#round = undefined;
    });
    await this.#round;
  }

  /** Ends the proofs, those that are under way too. */
  stop(): void {
    this.#ending.abort();
  }

  /** What is known of every dependency now. */
  entries(): readonly WiringEntry[] {
    return this.#circuits.map(({ entry }) => entry);
  }

  /** Names of the dependencies that were not proven within the last three rounds: a single lost packet turns no traffic away. */
  missing(): readonly string[] {
    const { everySeconds, timeoutSeconds } = this.#options;
    const earliest = performance.now() - 1_000 * (3 * everySeconds + timeoutSeconds);
    return this.#circuits.filter(({ provenAt }) => provenAt < earliest).map(({ entry }) => entry.name);
  }

  async #keepProving(circuit: Circuit): Promise<void> {
    const { everySeconds } = this.#options;
    const { signal } = this.#ending;
    // A server that comes up a moment later is noticed soon; one that stays away is not pestered.
    let pauseSeconds = Math.min(0.5, everySeconds);
    while (!signal.aborted) {
      const outcome = await this.#proveOnce(circuit);
      if (signal.aborted) return;
      pauseSeconds = outcome.ok ? everySeconds : Math.min(2 * pauseSeconds, everySeconds);
      await rest(1_000 * pauseSeconds, undefined, { signal, ref: false }).catch(() => "stopped");
    }
  }

  async #proveOnce(circuit: Circuit): Promise<Outcome> {
    const { everySeconds: _, onProof, ...circumstances } = this.#options;
    const { signal } = this.#ending;
    const before = circuit.entry;
    const outcome = await proveOnce(circuit.dependency, { ...circumstances, signal });
    if (signal.aborted) return outcome;
    record(circuit, outcome);
    onProof(circuit.entry, before);
    return outcome;
  }
}

function untried(dependency: Dependency): Circuit {
  const { name, protocol, target } = dependency;
  const entry = {
    name,
    protocol: protocols[protocol].title,
    target,
    ok: false,
    detail: "not tried yet",
    milliseconds: null,
  };
  return { dependency, entry, provenAt: -Infinity };
}

function record(circuit: Circuit, outcome: Outcome): void {
  circuit.entry = { ...circuit.entry, ...outcome };
  if (outcome.ok) circuit.provenAt = performance.now();
}

import { spawn, type ChildProcess, type SpawnOptions } from "node:child_process";

/** How long a child has to end by itself after it was interrupted. */
const graceMilliseconds = 5_000;

/**
 * The processes that the language host started. They stay in its process group, so that the engine's signals reach them too, and none
 * outlives it.
 */
export class Children {
  readonly #running = new Set<ChildProcess>();

  start(command: string, args: readonly string[], options: SpawnOptions): ChildProcess {
    const child = spawn(command, args, options);
    this.#running.add(child);
    child.once("close", () => this.#running.delete(child));
    child.once("error", () => this.#running.delete(child));
    return child;
  }

  /** Interrupts all that run and waits for them; those that do not heed it are killed. */
  async end(): Promise<void> {
    await Promise.all([...this.#running].map(endChild));
  }
}

/** How a child ended: with an exit code, or by a signal. */
export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** Waits until `child` has ended and all its output was read. Throws if it could not be started. */
export function endOf(child: ChildProcess): Promise<Ending> {
  return new Promise((resolve, reject) => {
    child.once("close", (code, signal) => resolve({ code, signal }));
    child.once("error", reject);
  });
}

/** Interrupts `child` and waits for its end; if it does not heed it, it is killed. */
export async function endChild(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = endOf(child);
  child.kill("SIGINT");
  const patience = setTimeout(() => child.kill("SIGKILL"), graceMilliseconds);
  await ended;
  clearTimeout(patience);
}

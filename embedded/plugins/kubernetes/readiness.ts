/**
 * What waiting for objects is told, and how it answers. The waiting itself is in await/: `awaitReady`, `awaitDeleted` and `checkReady`.
 */
import type { Client } from "./api/client.ts";
import type { KubernetesObject, Reference } from "./api/object.ts";

export interface AwaitContext {
  readonly client: Client;
  /** The object as the API server answered the last write (or read) of it. */
  readonly live: KubernetesObject;
  /** What the program wants: its annotations decide (`pulumi.com/skipAwait`, `pulumi.com/waitFor`). */
  readonly inputs: KubernetesObject;
  /** Before an update: the object as it was; not given after a creation. */
  readonly before?: KubernetesObject | undefined;
  /** How long to wait: `customTimeouts`, else the annotation `pulumi.com/timeoutSeconds`, else 10 minutes. */
  readonly timeoutSeconds: number;
  /** Aborted when the user cancels, not by the time-out. */
  readonly signal: AbortSignal;
  /** Shows what is being waited for beside the resource; the next line replaces it, an empty one clears it. */
  readonly status: (line: string) => void;
  /** Shows a line that stays. */
  readonly log: (severity: "info" | "warning" | "error", line: string) => void;
}

/** What is being deleted, and what is waited for with it. */
export interface AwaitDeletedContext extends Omit<AwaitContext, "before"> {
  readonly reference: Reference;
}

/**
 * The object exists but is not ready: it failed, the time ran out, or the user canceled. The state keeps the object as it is now, and the engine
 * shows each of the reasons (a pod's state, events, last log lines) and tries again with the next update.
 */
export class NotReadyError extends Error {
  override readonly name = "NotReadyError";
  /** The object as it was seen last. */
  readonly live: KubernetesObject;
  readonly reasons: readonly string[];

  /** @param message as the official plugin says it: `'web' timed out waiting to be Ready` */
  constructor(message: string, live: KubernetesObject, reasons: readonly string[]) {
    super(message);
    this.live = live;
    this.reasons = reasons;
  }
}

/** The functions of await/index.ts. */
export interface Awaiting {
  /** Waits until the object is ready. @returns the object as it then is. @throws NotReadyError */
  awaitReady(context: AwaitContext): Promise<KubernetesObject>;
  /** For a refresh: looks once, without waiting. @throws NotReadyError if the object is not ready now */
  checkReady(context: AwaitContext): Promise<KubernetesObject>;
  /** Waits until the object, whose deletion was asked for, is gone. @throws NotReadyError */
  awaitDeleted(context: AwaitDeletedContext): Promise<void>;
}

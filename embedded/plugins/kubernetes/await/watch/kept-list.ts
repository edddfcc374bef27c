import { setTimeout as sleep } from "node:timers/promises";
import type { Client, Selection } from "../../api/client.ts";
import { ApiError, UnknownKindError } from "../../api/errors.ts";
import type { Kind, KubernetesObject } from "../../api/object.ts";

/** Between a connection that ended and the next: so short that nobody waits for it, so long that a server in trouble isn't flooded. */
const pauseMilliseconds = { first: 100, longest: 5000 };

/** Told which object changed; nothing where it may be any. */
export type Listener = (name?: string) => void;

/**
 * The objects of a kind that are selected, kept as they are at the API server: a list, then a watch. After a broken connection, or where the server no
 * longer has all changes, the list is made anew; while the server can't be reached it stays as it was.
 */
export class KeptList {
  readonly #client: Client;
  readonly #kind: Kind;
  readonly #selection: Selection;
  readonly #stopping = new AbortController();
  readonly #listeners = new Set<Listener>();
  #objects = new Map<string, KubernetesObject>();

  /** Settles once the list is there, or could not be had. */
  readonly settled: Promise<void>;
  /** When the newest list was asked for, by `performance.now()`: what was there before and isn't in the list is gone. */
  listedAt = -Infinity;
  /** The version that the list is of: all changes up to it are in it. */
  version = -Infinity;
  /** The refusal, if the API server won't give the list: the right to it is missing, or the kind. */
  refusal: Error | undefined;
  /** Why the list can't be had at the moment. */
  trouble: string | undefined;

  constructor(client: Client, kind: Kind, selection: Selection) {
    this.#client = client;
    this.#kind = kind;
    this.#selection = selection;
    this.settled = new Promise((settle) => void this.#keep(settle));
  }

  get(name: string): KubernetesObject | undefined {
    return this.#objects.get(name);
  }

  all(): readonly KubernetesObject[] {
    return [...this.#objects.values()];
  }

  onChange(listener: Listener): void {
    this.#listeners.add(listener);
  }

  /** @returns whether nobody listens any more */
  offChange(listener: Listener): boolean {
    this.#listeners.delete(listener);
    return this.#listeners.size === 0;
  }

  stop(): void {
    this.#stopping.abort();
  }

  /** Runs until it is stopped or refused; every error ends in one of the fields. */
  async #keep(settle: () => void): Promise<void> {
    let pause = pauseMilliseconds.first;
    while (!this.#stopping.signal.aborted && !this.refusal) {
      try {
        const version = await this.#list();
        settle();
        pause = pauseMilliseconds.first;
        await this.#follow(version);
      } catch (error) {
        this.#note(error as Error);
        settle();
        await this.#rest(pause);
        pause = Math.min(pause * 2, pauseMilliseconds.longest);
      }
    }
  }

  async #list(): Promise<string> {
    const options = { signal: this.#stopping.signal };
    const asked = performance.now();
    const list = await this.#client.list(this.#kind, this.#selection, options);
    this.#objects = new Map(list.items.map((object) => [this.#keyOf(object), object]));
    this.listedAt = asked;
    this.version = Number(list.resourceVersion);
    this.trouble = undefined;
    this.#tell();
    return list.resourceVersion;
  }

  /** Follows the changes after a version, over as many connections as it takes. */
  async #follow(from: string): Promise<never> {
    const options = { signal: this.#stopping.signal };
    let version = from;
    for (;;) {
      const events = this.#client.watch(this.#kind, this.#selection, version, options);
      for await (const { type, object } of events) {
        version = object.metadata.resourceVersion ?? version;
        this.version = Number(version);
        if (type === "BOOKMARK") continue;
        if (type === "DELETED") this.#objects.delete(this.#keyOf(object));
        else this.#objects.set(this.#keyOf(object), object);
        this.#tell(object.metadata.name);
      }
      await this.#rest(pauseMilliseconds.first);
    }
  }

  /** Names are unique: what is selected is of one namespace, or of the whole cluster. */
  #keyOf({ metadata }: KubernetesObject): string {
    return metadata.name ?? "";
  }

  #note(error: Error): void {
    if (isRefused(error)) this.refusal = error;
    else this.trouble = error.message;
    this.#tell();
  }

  #tell(name?: string): void {
    for (const listener of this.#listeners) listener(name);
  }

  async #rest(milliseconds: number): Promise<void> {
    const { signal } = this.#stopping;
    await sleep(milliseconds, undefined, { signal }).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
  }
}

/** Whether the server's answer will be the same the next time. 410: the version is too old; 429: the server is busy. */
function isRefused(error: Error): boolean {
  if (error instanceof UnknownKindError) return true;
  if (!(error instanceof ApiError)) return false;
  const { code } = error.status;
  return code >= 400 && code < 500 && code !== 410 && code !== 429;
}

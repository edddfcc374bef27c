import type { Client, Selection } from "../../api/client.ts";
import type { Kind, KubernetesObject } from "../../api/object.ts";
import type { Related, RelatedKind, Rule, Situation } from "../rule.ts";
import { subscribe, type Subscription } from "./shared-lists.ts";

const relatedKinds: { readonly [Name in RelatedKind]: Kind & { readonly isOfCluster?: true } } = {
  endpointslices: { apiVersion: "discovery.k8s.io/v1", kind: "EndpointSlice" },
  events: { apiVersion: "v1", kind: "Event" },
  pods: { apiVersion: "v1", kind: "Pod" },
  replicasets: { apiVersion: "apps/v1", kind: "ReplicaSet" },
  services: { apiVersion: "v1", kind: "Service" },
  storageclasses: { apiVersion: "storage.k8s.io/v1", kind: "StorageClass", isOfCluster: true },
};

export const nothingRelated: Related = {
  endpointslices: [],
  events: [],
  pods: [],
  replicasets: [],
  services: [],
  storageclasses: [],
};

/** What one who waits for an object sees: the object, what is related to it, and when that changes. */
export class Observation {
  readonly #live: KubernetesObject;
  readonly #own: Subscription;
  readonly #related = new Map<RelatedKind, Subscription>();
  readonly #since = performance.now();
  #wasSeen = false;
  #isChanged = false;
  #wake = (): void => {};

  /** @param rule says what else is looked at; nothing where only the object's being there counts */
  constructor(client: Client, live: KubernetesObject, rule?: Rule) {
    this.#live = live;
    const { name, namespace } = live.metadata;
    this.#own = subscribe(client, live, selectionFor(live), (changed) => {
      if (changed === undefined || changed === name) this.#noteChange();
    });
    const decisive = new Set(rule?.decidedBy);
    for (const kind of new Set([...decisive, ...tellingKinds(live, rule)])) {
      const listener = decisive.has(kind) ? (): void => this.#noteChange() : () => {};
      const selection = relatedKinds[kind].isOfCluster ? {} : { namespace };
      this.#related.set(kind, subscribe(client, relatedKinds[kind], selection, listener));
    }
  }

  /**
   * The object as it was seen last; nothing once it is gone, or another has its name. A list that others had made before may be behind: until it has
   * caught up, the object is as the last write left it.
   */
  get object(): KubernetesObject | undefined {
    const { list } = this.#own;
    const seen = list.get(this.#live.metadata.name ?? "");
    if (seen && seen.metadata.uid === this.#live.metadata.uid) {
      this.#wasSeen = true;
      return isBefore(seen, this.#live) ? this.#live : seen;
    }
    const isCurrent = list.listedAt >= this.#since || list.version > versionOf(this.#live);
    return this.#wasSeen || isCurrent ? undefined : this.#live;
  }

  get waitedMilliseconds(): number {
    return performance.now() - this.#since;
  }

  /** The server's refusal to tell of the object's kind. */
  get refusal(): Error | undefined {
    return this.#own.list.refusal;
  }

  /** Why it isn't known at the moment how the object is. */
  get trouble(): string | undefined {
    return this.#own.list.trouble;
  }

  /** What can't be said as the server won't tell of a related kind. */
  get gaps(): readonly string[] {
    return [...this.#related].flatMap(([kind, { list }]) =>
      list.refusal ? [`the ${kind} can't be looked at: ${list.refusal.message}`] : [],
    );
  }

  situation(object: KubernetesObject): Situation {
    return { object, related: this.#seen(), waitedMilliseconds: this.waitedMilliseconds };
  }

  /** Ends when something that may change the verdict has changed since the last call, when the time is up, or the signal aborts. */
  async change(milliseconds: number, signal: AbortSignal): Promise<void> {
    if (!this.#isChanged && !signal.aborted) await this.#sleep(milliseconds, signal);
    this.#isChanged = false;
  }

  /** Ends when all that is looked at has been seen once, or the signal aborts. */
  async seen(signal: AbortSignal): Promise<void> {
    const lists = [this.#own, ...this.#related.values()].map(({ list }) => list.settled);
    await Promise.race([Promise.all(lists), aborted(signal)]);
  }

  end(): void {
    this.#own.end();
    for (const subscription of this.#related.values()) subscription.end();
  }

  #noteChange(): void {
    this.#isChanged = true;
    this.#wake();
  }

  #sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        signal.removeEventListener("abort", wake);
        resolve();
      };
      const timer = setTimeout(wake, milliseconds);
      signal.addEventListener("abort", wake, { once: true });
      this.#wake = wake;
    });
  }

  /** The API server's own checks see to it that the objects have the types of their kinds. */
  #seen(): Related {
    const seen = [...this.#related].map(([kind, { list }]) => [kind, list.all()]);
    return { ...nothingRelated, ...(Object.fromEntries(seen) as Partial<Related>) };
  }
}

/** One connection serves all objects of a kind in a namespace; of secrets nobody is asked for more than the one that is waited for. */
function selectionFor({ apiVersion, kind, metadata }: KubernetesObject): Selection {
  const { namespace, name } = metadata;
  const isSecret = apiVersion === "v1" && kind === "Secret";
  return isSecret ? { namespace, fieldSelector: `metadata.name=${name}` } : { namespace };
}

/** What tells why an object isn't ready; objects of the whole cluster have no namespace to look into. */
function tellingKinds({ metadata }: KubernetesObject, rule: Rule | undefined): readonly RelatedKind[] {
  if (!rule || metadata.namespace === undefined) return [];
  return [
    "events",
    ...(rule.pods ? (["pods"] as const) : []),
    ...(rule.replicaSet ? (["replicasets"] as const) : []),
  ];
}

function isBefore(one: KubernetesObject, other: KubernetesObject): boolean {
  return versionOf(one) < versionOf(other);
}

/** Versions are numbers that grow: https://kubernetes.io/docs/reference/using-api/api-concepts/#resource-versions */
function versionOf({ metadata }: KubernetesObject): number {
  return Number(metadata.resourceVersion);
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}

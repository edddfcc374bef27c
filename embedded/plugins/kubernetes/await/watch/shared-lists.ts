import type { Client, Selection } from "../../api/client.ts";
import type { Kind } from "../../api/object.ts";
import { KeptList, type Listener } from "./kept-list.ts";

/** The lists of one API server that are being kept: all who wait share them, so hundreds need a few connections. */
class SharedLists {
  readonly #client: Client;
  readonly #lists = new Map<string, KeptList>();

  constructor(client: Client) {
    this.#client = client;
  }

  subscribe(kind: Kind, selection: Selection, listener: Listener): Subscription {
    const key = JSON.stringify([kind.apiVersion, kind.kind, selection]);
    const list = this.#lists.get(key) ?? new KeptList(this.#client, kind, selection);
    this.#lists.set(key, list);
    list.onChange(listener);
    return {
      list,
      end: () => {
        if (!list.offChange(listener)) return;
        list.stop();
        if (this.#lists.get(key) === list) this.#lists.delete(key);
      },
    };
  }
}

export interface Subscription {
  readonly list: KeptList;
  /** The last one ends the list's connection. */
  end(): void;
}

const ofClients = new WeakMap<Client, SharedLists>();

/** Keeps the objects of a kind in a namespace, or of the whole cluster, as long as somebody subscribes. */
export function subscribe(
  client: Client,
  kind: Kind,
  selection: Selection,
  listener: Listener,
): Subscription {
  const lists = ofClients.get(client) ?? new SharedLists(client);
  ofClients.set(client, lists);
  return lists.subscribe(kind, selection, listener);
}

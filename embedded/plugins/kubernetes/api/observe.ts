import type { Client, Options, Selection, WatchEvent } from "./client.ts";
import { ApiError, UnreachableError } from "./errors.ts";
import type { Kind, KubernetesObject } from "./object.ts";

/**
 * All objects of a selection, then every change, until the signal aborts (it then ends without an error) or the reader stops. Objects that are
 * there come first, as `ADDED`; after a gap in the connection those that changed come again, and those that vanished as `DELETED`.
 */
export async function* observe<Type extends KubernetesObject = KubernetesObject>(
  client: Client,
  kind: Kind,
  selection: Selection,
  options: Options = {},
): AsyncGenerator<WatchEvent<Type>, void, undefined> {
  const known = new Map<string, Type>();
  try {
    for (;;) {
      const { items, resourceVersion } = await client.list<Type>(kind, selection, options);
      yield* changes(known, items);
      yield* follow(client, kind, selection, resourceVersion, options, known);
    }
  } catch (error) {
    if (!options.signal?.aborted) throw error;
  }
}

/** Follows the changes after a version for as long as the server still has them all. */
async function* follow<Type extends KubernetesObject>(
  client: Client,
  kind: Kind,
  selection: Selection,
  from: string,
  options: Options,
  known: Map<string, Type>,
): AsyncGenerator<WatchEvent<Type>, void, undefined> {
  let version = from;
  for (;;) {
    try {
      for await (const event of client.watch<Type>(kind, selection, version, options)) {
        version = event.object.metadata.resourceVersion ?? version;
        if (event.type === "BOOKMARK") continue;
        remember(known, event);
        yield event;
      }
    } catch (error) {
      if (options.signal?.aborted) throw error;
      if (error instanceof ApiError && error.status.code === 410) return;
      // A connection that breaks is no reason to stop: the next request tells whether the server is there.
      if (error instanceof ApiError || error instanceof UnreachableError) throw error;
    }
  }
}

function* changes<Type extends KubernetesObject>(
  known: Map<string, Type>,
  items: readonly Type[],
): Generator<WatchEvent<Type>, void, undefined> {
  const present = new Set(items.map(uidOf));
  for (const [uid, object] of known) {
    if (!present.has(uid)) yield remember(known, { type: "DELETED", object });
  }
  for (const object of items) {
    const before = known.get(uidOf(object));
    if (before?.metadata.resourceVersion === object.metadata.resourceVersion) continue;
    yield remember(known, { type: before ? "MODIFIED" : "ADDED", object });
  }
}

function remember<Type extends KubernetesObject>(
  known: Map<string, Type>,
  event: WatchEvent<Type>,
): WatchEvent<Type> {
  if (event.type === "DELETED") known.delete(uidOf(event.object));
  else known.set(uidOf(event.object), event.object);
  return event;
}

function uidOf(object: KubernetesObject): string {
  return object.metadata.uid ?? "";
}

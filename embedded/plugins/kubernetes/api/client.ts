import type { IncomingMessage } from "node:http";
import { json, text } from "node:stream/consumers";
import type { Values } from "../../provider/value.ts";
import { Discovery, rootPath, type ResourceType } from "./discovery.ts";
import { ApiError, isNotFound, type Status } from "./errors.ts";
import { lines } from "./lines.ts";
import type { Kind, KubernetesObject, Reference } from "./object.ts";
import { retried } from "./retry.ts";
import type { Request, Transport } from "./transport.ts";
import { warnings } from "./warnings.ts";

/** What goes with every request. */
export interface Options {
  readonly signal?: AbortSignal | undefined;
  /** Is told what the API server warns of: deprecated versions, pods that its security standard would refuse. */
  readonly warn?: ((warning: string) => void) | undefined;
}

export interface Selection {
  /** All namespaces if left out. */
  readonly namespace?: string | undefined;
  readonly labelSelector?: string | undefined;
  readonly fieldSelector?: string | undefined;
}

export interface List<Type> {
  readonly items: readonly Type[];
  readonly resourceVersion: string;
}

export interface WatchEvent<Type> {
  readonly type: "ADDED" | "MODIFIED" | "DELETED" | "BOOKMARK";
  readonly object: Type;
}

/** How an object is written. */
export interface WriteOptions extends Options {
  readonly fieldManager?: string;
  /** The server does everything but keep the result. */
  readonly dryRun?: boolean;
  /** What to do about fields that the kind does not have. @defaultValue the server's: Warn */
  readonly fieldValidation?: "Ignore" | "Warn" | "Strict";
}

export type Patch =
  | { readonly type: "apply"; readonly body: Values; readonly force: boolean }
  | { readonly type: "merge" | "strategic"; readonly body: Values }
  | { readonly type: "json"; readonly body: readonly Values[] };

const contentTypes = {
  // YAML is the type's name; JSON is YAML.
  apply: "application/apply-patch+yaml",
  merge: "application/merge-patch+json",
  strategic: "application/strategic-merge-patch+json",
  json: "application/json-patch+json",
} as const;

/**
 * The Kubernetes API, for objects of any kind as plain JSON. Errors are `ApiError` (the server refuses), `UnknownKindError` or `UnreachableError`;
 * requests that the server asks to repeat are repeated.
 */
export class Client {
  readonly #transport: Transport;
  readonly #discovery: Discovery;

  constructor(transport: Transport) {
    this.#transport = transport;
    this.#discovery = new Discovery((path) => this.#readOrNothing(path));
  }

  /** How the API server serves a kind. */
  typeOf(kind: Kind): Promise<ResourceType> {
    return this.#discovery.typeOf(kind);
  }

  async get<Type extends KubernetesObject = KubernetesObject>(
    reference: Reference,
    options: Options = {},
  ): Promise<Type> {
    return this.#object<Type>({ method: "GET", path: await this.#pathOf(reference) }, options);
  }

  async list<Type extends KubernetesObject = KubernetesObject>(
    kind: Kind,
    selection: Selection = {},
    options: Options = {},
  ): Promise<List<Type>> {
    const { namespace, ...query } = selection;
    const path = await this.#pathOfAll(kind, namespace);
    const list = await this.#json<{ items: Type[]; metadata: { resourceVersion: string } }>(
      { method: "GET", path, query },
      options,
    );
    return {
      // In a list the kind is the list's only.
      items: list.items.map((item) => ({ ...item, apiVersion: kind.apiVersion, kind: kind.kind })),
      resourceVersion: list.metadata.resourceVersion,
    };
  }

  /**
   * Changes after a version of a list, until the server ends it (after minutes: ask again from the last version seen) or the signal does.
   * `observe` (observe.ts) goes on for as long as is wanted.
   *
   * @throws ApiError with code 410 if the version is too old: list again
   */
  async *watch<Type extends KubernetesObject = KubernetesObject>(
    kind: Kind,
    selection: Selection,
    resourceVersion: string,
    options: Options = {},
  ): AsyncGenerator<WatchEvent<Type>, void, undefined> {
    const { namespace, ...query } = selection;
    const response = await this.#send(
      {
        method: "GET",
        path: await this.#pathOfAll(kind, namespace),
        query: { ...query, resourceVersion, watch: true, allowWatchBookmarks: true },
      },
      options,
    );
    try {
      for await (const line of lines(response)) {
        const event = JSON.parse(line) as WatchEvent<Type> | { type: "ERROR"; object: Status };
        if (event.type === "ERROR") throw new ApiError(event.object);
        yield event;
      }
    } finally {
      response.destroy();
    }
  }

  /** The last lines that a container wrote; `previous`: the run before its last restart. */
  async logs(
    pod: { readonly namespace: string; readonly name: string },
    query: { readonly container?: string; readonly tailLines?: number; readonly previous?: boolean },
    options: Options = {},
  ): Promise<string> {
    const path = `${await this.#pathOf({ apiVersion: "v1", kind: "Pod", ...pod })}/log`;
    return text(await this.#send({ method: "GET", path, query }, options));
  }

  async create(object: KubernetesObject, options: WriteOptions = {}): Promise<KubernetesObject> {
    const path = await this.#pathOfAll(object, object.metadata.namespace);
    return this.#object({ method: "POST", path, query: writeQuery(options), body: object }, options);
  }

  async patch(reference: Reference, patch: Patch, options: WriteOptions = {}): Promise<KubernetesObject> {
    const force = patch.type === "apply" ? patch.force : undefined;
    return this.#object(
      {
        method: "PATCH",
        path: await this.#pathOf(reference),
        query: { ...writeQuery(options), force },
        body: patch.body,
        contentType: contentTypes[patch.type],
      },
      options,
    );
  }

  async replace(
    reference: Reference,
    object: KubernetesObject,
    options: WriteOptions = {},
  ): Promise<KubernetesObject> {
    const path = await this.#pathOf(reference);
    return this.#object({ method: "PUT", path, query: writeQuery(options), body: object }, options);
  }

  /** Asks for the deletion; the object is gone once its finalizers are done. */
  async delete(
    reference: Reference,
    propagationPolicy: "Foreground" | "Background" | "Orphan",
    options: Options = {},
  ): Promise<void> {
    const body = { apiVersion: "v1", kind: "DeleteOptions", propagationPolicy };
    await this.#json({ method: "DELETE", path: await this.#pathOf(reference), body }, options);
  }

  /** The server's version: `{ major: "1", minor: "36", gitVersion: "v1.36.3", … }`. */
  version(options: Options = {}): Promise<Values> {
    return this.#json({ method: "GET", path: "/version" }, options);
  }

  async #pathOf({ name, ...reference }: Reference): Promise<string> {
    return `${await this.#pathOfAll(reference, reference.namespace)}/${encodeURIComponent(name)}`;
  }

  async #pathOfAll(kind: Kind, namespace: string | undefined): Promise<string> {
    const { plural, namespaced } = await this.#discovery.typeOf(kind);
    const within =
      namespaced && namespace !== undefined ? `/namespaces/${encodeURIComponent(namespace)}` : "";
    return `${rootPath(kind.apiVersion)}${within}/${plural}`;
  }

  #object<Type extends KubernetesObject>(request: Request, options: Options): Promise<Type> {
    return this.#json<Type>(request, options);
  }

  async #json<Type>(request: Request, options: Options): Promise<Type> {
    return (await json(await this.#send(request, options))) as Type;
  }

  async #send(request: Request, { signal, warn }: Options): Promise<IncomingMessage> {
    const response = await retried(
      () => this.#transport.send({ ...request, signal }),
      request.method === "GET",
      signal,
    );
    for (const warning of warnings(response.headers.warning)) warn?.(warning);
    return response;
  }

  async #readOrNothing<Type>(path: string): Promise<Type | undefined> {
    try {
      return await this.#json<Type>({ method: "GET", path }, {});
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
  }
}

function writeQuery({ fieldManager, dryRun, fieldValidation }: WriteOptions): NonNullable<Request["query"]> {
  return { fieldManager, fieldValidation, dryRun: dryRun ? "All" : undefined };
}

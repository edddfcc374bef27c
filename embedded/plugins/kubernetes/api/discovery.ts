import { UnknownKindError } from "./errors.ts";
import type { Kind } from "./object.ts";

/** How the API server serves a kind. */
export interface ResourceType {
  /** Its name in paths: `deployments`. */
  readonly plural: string;
  readonly namespaced: boolean;
}

interface ResourceList {
  readonly resources: readonly {
    readonly name: string;
    readonly kind: string;
    readonly namespaced: boolean;
  }[];
}

/** Finds out how kinds are served: one request for each API version, not for each object. */
export class Discovery {
  readonly #read: (path: string) => Promise<ResourceList | undefined>;
  readonly #known = new Map<string, Promise<ReadonlyMap<string, ResourceType>>>();

  /** @param read reads JSON from a path; nothing where there is none */
  constructor(read: (path: string) => Promise<ResourceList | undefined>) {
    this.#read = read;
  }

  /** @throws UnknownKindError if the API server does not serve the kind, e.g. as its CustomResourceDefinition is not there (yet) */
  async typeOf({ apiVersion, kind }: Kind): Promise<ResourceType> {
    const known = await this.#typesOf(apiVersion);
    const type = known.get(kind);
    if (type) return type;
    // Definitions come and go: what is missing is asked for again the next time.
    this.#known.delete(apiVersion);
    throw new UnknownKindError(`no matches for kind "${kind}" in version "${apiVersion}"`);
  }

  #typesOf(apiVersion: string): Promise<ReadonlyMap<string, ResourceType>> {
    const cached = this.#known.get(apiVersion);
    if (cached) return cached;
    const asked = this.#ask(apiVersion).catch((error: unknown) => {
      this.#known.delete(apiVersion);
      throw error;
    });
    this.#known.set(apiVersion, asked);
    return asked;
  }

  async #ask(apiVersion: string): Promise<ReadonlyMap<string, ResourceType>> {
    const list = await this.#read(rootPath(apiVersion));
    return new Map(
      (list?.resources ?? [])
        // The others are parts of an object: `pods/log`.
        .filter(({ name }) => !name.includes("/"))
        .map(({ kind, name, namespaced }) => [kind, { plural: name, namespaced }]),
    );
  }
}

/** Where the API server has the kinds of a version. */
export function rootPath(apiVersion: string): string {
  return apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
}

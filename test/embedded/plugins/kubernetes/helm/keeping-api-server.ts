import { gunzipSync } from "node:zlib";
import type { Values } from "../../../../../embedded/plugins/provider/value.ts";
import { withOverrides } from "../../../../../embedded/plugins/kubernetes/helm/values.ts";
import { notFound, refusal, ScriptedApiServer, type Answer, type Asked } from "../scripted-api-server.ts";

/** An API server that keeps what it is given, by path; definitions are in force at once. */
export class KeepingApiServer {
  readonly objects = new Map<string, any>();
  readonly server: ScriptedApiServer;

  private constructor(server: ScriptedApiServer, objects: Map<string, any>) {
    this.server = server;
    this.objects = objects;
  }

  static async start(): Promise<KeepingApiServer> {
    const objects = new Map<string, any>();
    return new KeepingApiServer(await ScriptedApiServer.start((asked) => answer(objects, asked)), objects);
  }

  /** What is kept at paths that begin so. */
  below(start: string): readonly any[] {
    return [...this.objects].filter(([path]) => path.startsWith(start)).map(([, object]) => object);
  }

  /** The names of the definitions that it has. */
  get definitions(): readonly string[] {
    return this.below("customresourcedefinitions/")
      .map(({ metadata }): string => metadata.name)
      .toSorted();
  }

  /** The revisions of a release, as `helm` would read them. */
  revisions(namespace: string): readonly any[] {
    return this.below(`namespaces/${namespace}/secrets/`).map(({ data }) => {
      const packed = Buffer.from(Buffer.from(data.release, "base64").toString(), "base64");
      return JSON.parse(gunzipSync(packed).toString());
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.server[Symbol.asyncDispose]();
  }
}

const inForce = { status: { conditions: [{ type: "Established", status: "True" }] } };

function answer(objects: Map<string, any>, { method, path, query, body }: Asked): Answer {
  const kept = objects.get(path);
  const missing = (): Answer => (kept === undefined ? notFound(path) : { body: kept });
  const methods: Readonly<Record<string, () => Answer>> = {
    POST: () => {
      const place = `${path}/${body.metadata.name}`;
      if (objects.has(place)) return refusal(409, "AlreadyExists", `${place} already exists`);
      const made = body.kind === "CustomResourceDefinition" ? { ...body, ...inForce } : body;
      objects.set(place, made);
      return { code: 201, body: made };
    },
    GET: () => {
      if (kept !== undefined) return { body: kept };
      const items = [...objects].filter(([place]) => place.slice(0, place.lastIndexOf("/")) === path);
      const chosen = items.map(([, object]) => object).filter((object) => isChosen(object, query));
      const isList = /(^|\/)[a-z]+s$/.test(path) && !path.startsWith("customresourcedefinitions/");
      return isList ? { body: { items: chosen, metadata: { resourceVersion: "1" } } } : notFound(path);
    },
    PATCH: () => {
      if (kept === undefined) return notFound(path);
      objects.set(path, withOverrides(kept as Values, body as Values));
      return { body: objects.get(path) };
    },
    DELETE: () => {
      const gone = missing();
      objects.delete(path);
      return gone;
    },
  };
  return (methods[method] ?? missing)();
}

function isChosen(object: any, { labelSelector = "" }: Asked["query"]): boolean {
  const wanted = labelSelector === "" ? [] : labelSelector.split(",").map((pair) => pair.split("="));
  return wanted.every(([name = "", value]) => object.metadata.labels?.[name] === value);
}

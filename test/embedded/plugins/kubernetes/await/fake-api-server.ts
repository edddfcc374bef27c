import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { KubeConfig } from "@kubernetes/client-node";
import { Client } from "../../../../../embedded/plugins/kubernetes/api/client.ts";
import type { KubernetesObject } from "../../../../../embedded/plugins/kubernetes/api/object.ts";
import { Transport } from "../../../../../embedded/plugins/kubernetes/api/transport.ts";

/** The kinds that it serves: plural names by API version and kind. */
const served: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  v1: { Event: "events", Pod: "pods", Secret: "secrets", Service: "services" },
  "apps/v1": { Deployment: "deployments", ReplicaSet: "replicasets", StatefulSet: "statefulsets" },
  "batch/v1": { Job: "jobs" },
  "discovery.k8s.io/v1": { EndpointSlice: "endpointslices" },
};

interface Change {
  readonly type: "ADDED" | "MODIFIED" | "DELETED";
  readonly plural: string;
  readonly object: KubernetesObject;
  readonly version: number;
}

interface Watcher {
  readonly plural: string;
  readonly response: ServerResponse;
}

/** The part of a Kubernetes API server that waiting talks to, over real HTTP: lists, watches from a version, logs. One namespace: `shop`. */
export class FakeApiServer {
  readonly #server: Server;
  readonly #objects = new Map<string, KubernetesObject>();
  readonly #logs = new Map<string, string>();
  readonly #forbidden = new Set<string>();
  readonly #watchers = new Set<Watcher>();
  #changes: Change[] = [];
  #version = 100;
  #isDown = false;
  #sequence = 0;
  /** What was asked: `GET pods`, `WATCH pods`. */
  readonly requests: string[] = [];
  /** The field selectors of all requests. */
  readonly selectors: string[] = [];

  private constructor() {
    this.#server = createServer((request, response) => this.#answer(request, response));
  }

  static async start(): Promise<FakeApiServer> {
    const fake = new FakeApiServer();
    await new Promise<void>((resolve) => fake.#server.listen(0, "127.0.0.1", resolve));
    return fake;
  }

  client(): Client {
    const { port } = this.#server.address() as AddressInfo;
    const config = new KubeConfig();
    config.loadFromClusterAndUser(
      { name: "fake", server: `http://127.0.0.1:${port}`, skipTLSVerify: true },
      { name: "tester" },
    );
    return new Client(new Transport(config));
  }

  /** Makes an object, or changes it: what is given replaces what was, but its uid. @returns it as the server keeps it */
  put(given: object): KubernetesObject {
    const object = given as KubernetesObject;
    const plural = pluralOf(object);
    const key = `${plural}/${object.metadata.name}`;
    const before = this.#objects.get(key);
    const stored: KubernetesObject = {
      ...object,
      metadata: {
        uid: before?.metadata.uid ?? `uid-${++this.#sequence}`,
        namespace: "shop",
        ...object.metadata,
        resourceVersion: String(++this.#version),
      },
    };
    this.#objects.set(key, stored);
    this.#tell({ type: before ? "MODIFIED" : "ADDED", plural, object: stored, version: this.#version });
    return stored;
  }

  remove(object: KubernetesObject): void {
    const plural = pluralOf(object);
    this.#objects.delete(`${plural}/${object.metadata.name}`);
    this.#tell({ type: "DELETED", plural, object, version: ++this.#version });
  }

  log(pod: string, container: string, text: string, run: "current" | "previous" = "current"): void {
    this.#logs.set(`${pod}/${container}/${run}`, text);
  }

  /** Refuses all requests for a kind, as to a user without the right. */
  forbid(plural: string): void {
    this.#forbidden.add(plural);
  }

  /** Cuts all watches off, in the middle of a connection. */
  cut(): void {
    for (const { response } of this.#watchers) response.destroy();
    this.#watchers.clear();
  }

  /** Forgets all changes so far: who asks for them is told 410. */
  forget(): void {
    this.#changes = [];
    this.cut();
  }

  /** Answers nobody until it is up again. */
  set isDown(isDown: boolean) {
    this.#isDown = isDown;
    if (isDown) this.cut();
  }

  get openWatches(): readonly string[] {
    return [...this.#watchers].map(({ plural }) => plural).toSorted();
  }

  async stop(): Promise<void> {
    this.cut();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? "/", "http://fake");
    if (this.#isDown) return void request.socket.destroy();
    const version = url.pathname.replace(/^\/apis?\//, "");
    if (version in served) return send(response, 200, resourceList(version));
    const [, plural = "", name, part] = url.pathname.split("/namespaces/shop")[1]?.split("/") ?? [];
    this.requests.push(`${url.searchParams.has("watch") ? "WATCH" : "GET"} ${plural}`);
    this.selectors.push(url.searchParams.get("fieldSelector") ?? "");
    if (this.#forbidden.has(plural))
      return send(
        response,
        403,
        refusal(403, "Forbidden", `${plural} is forbidden: User "tester" cannot list resource`),
      );
    if (part === "log") return this.#sendLog(`${name}/${url.searchParams.get("container")}`, url, response);
    if (name !== undefined) return this.#sendOne(`${plural}/${name}`, response);
    if (url.searchParams.has("watch"))
      return this.#watch(plural, Number(url.searchParams.get("resourceVersion")), response);
    const items = [...this.#objects]
      .filter(([key]) => key.startsWith(`${plural}/`))
      .map(([, object]) => object);
    return send(response, 200, { kind: "List", metadata: { resourceVersion: String(this.#version) }, items });
  }

  #sendOne(key: string, response: ServerResponse): void {
    const object = this.#objects.get(key);
    if (object) send(response, 200, object);
    else send(response, 404, refusal(404, "NotFound", `${key} not found`));
  }

  #sendLog(container: string, url: URL, response: ServerResponse): void {
    const run = url.searchParams.get("previous") === "true" ? "previous" : "current";
    const lines = (this.#logs.get(`${container}/${run}`) ?? "").split("\n");
    response.end(lines.slice(-Number(url.searchParams.get("tailLines"))).join("\n"));
  }

  #watch(plural: string, from: number, response: ServerResponse): void {
    const isForgotten = from < this.#version - this.#changes.length;
    if (isForgotten) return send(response, 410, refusal(410, "Expired", "too old resource version"));
    const watcher = { plural, response };
    this.#watchers.add(watcher);
    response.on("close", () => this.#watchers.delete(watcher));
    response.writeHead(200, { "content-type": "application/json" }).flushHeaders();
    for (const change of this.#changes) {
      if (change.plural === plural && change.version > from) write(response, change);
    }
  }

  #tell(change: Change): void {
    this.#changes.push(change);
    for (const { plural, response } of this.#watchers) {
      if (plural === change.plural) write(response, change);
    }
  }
}

function pluralOf({ apiVersion, kind }: KubernetesObject): string {
  const plural = served[apiVersion]?.[kind];
  if (plural === undefined) throw new Error(`the fake API server has no ${kind} in ${apiVersion}`);
  return plural;
}

function resourceList(version: string): object {
  const kinds = Object.entries(served[version] ?? {});
  return {
    kind: "APIResourceList",
    resources: kinds.map(([kind, name]) => ({ name, kind, namespaced: true })),
  };
}

function refusal(code: number, reason: string, message: string): object {
  return { kind: "Status", apiVersion: "v1", status: "Failure", code, reason, message };
}

function send(response: ServerResponse, code: number, body: object): void {
  response.writeHead(code, { "content-type": "application/json" }).end(JSON.stringify(body));
}

function write(response: ServerResponse, { type, object, version }: Change): void {
  const metadata = { ...object.metadata, resourceVersion: String(version) };
  response.write(`${JSON.stringify({ type, object: { ...object, metadata } })}\n`);
}

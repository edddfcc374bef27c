import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { Client } from "../../../../embedded/plugins/kubernetes/api/client.ts";
import { loadKubeconfig } from "../../../../embedded/plugins/kubernetes/config/kubeconfig.ts";
import { Transport } from "../../../../embedded/plugins/kubernetes/api/transport.ts";

/** What the server was asked, besides how kinds are served. */
export interface Asked {
  readonly method: string;
  /** Without the part that says where the kind is: `namespaces/shop/configmaps/settings`. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly contentType: string | undefined;
  readonly body: any;
  /** Differs for each connection. */
  readonly connection: number;
}

export interface Answer {
  /** @defaultValue 200 */
  readonly code?: number;
  readonly body: object;
  readonly headers?: Readonly<Record<string, string>>;
}

const served: Readonly<Record<string, readonly (readonly [kind: string, plural: string])[]>> = {
  v1: [
    ["ConfigMap", "configmaps"],
    ["Namespace", "namespaces"],
    ["Secret", "secrets"],
  ],
  "apps/v1": [["Deployment", "deployments"]],
  "batch/v1": [["Job", "jobs"]],
  "apiextensions.k8s.io/v1": [["CustomResourceDefinition", "customresourcedefinitions"]],
};
const clusterKinds = ["Namespace", "CustomResourceDefinition"];

/** An API server that answers as a test says, over real HTTP, and remembers what it was asked. */
export class ScriptedApiServer {
  readonly #server: Server;
  #connections = 0;
  readonly asked: Asked[] = [];
  readonly discoveries: string[] = [];

  private constructor(answer: (asked: Asked) => Answer) {
    const connections = new WeakMap<object, number>();
    this.#server = createServer(async (request, response) => {
      const url = new URL(request.url ?? "/", "http://scripted");
      const [, version = "", rest] = /^\/apis?\/(v1|[^/]+\/[^/]+)(?:\/(.*))?$/.exec(url.pathname) ?? [];
      const send = ({ code = 200, body, headers = {} }: Answer): void =>
        void response
          .writeHead(code, { "content-type": "application/json", ...headers })
          .end(JSON.stringify(body));
      if (url.pathname === "/version") return send({ body: { gitVersion: "v1.36.3" } });
      if (rest === undefined) {
        this.discoveries.push(version);
        return send(version in served ? { body: resourceList(version) } : notFound(version));
      }
      const connection = connections.get(request.socket) ?? ++this.#connections;
      connections.set(request.socket, connection);
      const asked: Asked = {
        method: request.method ?? "",
        path: rest,
        query: Object.fromEntries(url.searchParams),
        contentType: request.headers["content-type"],
        body: Number(request.headers["content-length"] ?? 0) > 0 ? await json(request) : undefined,
        connection,
      };
      this.asked.push(asked);
      return send(answer(asked));
    });
  }

  static async start(answer: (asked: Asked) => Answer): Promise<ScriptedApiServer> {
    const scripted = new ScriptedApiServer(answer);
    await new Promise<void>((resolve) => scripted.#server.listen(0, "127.0.0.1", resolve));
    return scripted;
  }

  kubeconfig(): string {
    const { port } = this.#server.address() as AddressInfo;
    return JSON.stringify({
      clusters: [{ name: "scripted", cluster: { server: `http://127.0.0.1:${port}` } }],
      users: [{ name: "tester", user: { token: "t0k3n" } }],
      contexts: [{ name: "test", context: { cluster: "scripted", user: "tester" } }],
      "current-context": "test",
    });
  }

  client(): Client {
    const choice = { kubeconfig: this.kubeconfig(), context: undefined, cluster: undefined };
    return new Client(new Transport(loadKubeconfig(choice)));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

function resourceList(version: string): object {
  const resources = (served[version] ?? []).map(([kind, name]) => ({
    kind,
    name,
    namespaced: !clusterKinds.includes(kind),
  }));
  return { kind: "APIResourceList", resources };
}

/** An API server's refusal. */
export function refusal(code: number, reason: string, message: string, details: object = {}): Answer {
  return { code, body: { kind: "Status", status: "Failure", code, reason, message, details } };
}

export function notFound(what: string): Answer {
  return refusal(404, "NotFound", `${what} not found`);
}

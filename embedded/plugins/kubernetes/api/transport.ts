import http, { type IncomingMessage } from "node:http";
import https from "node:https";
import { text } from "node:stream/consumers";
import type { KubeConfig } from "@kubernetes/client-node";
import type { Value } from "../../provider/value.ts";
import { ApiError, UnreachableError, type Status } from "./errors.ts";

/** A connection on which nothing comes for so long is broken: watches get a bookmark each minute. */
const silenceMilliseconds = 120_000;

export interface Request {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>> | undefined;
  readonly body?: Value | undefined;
  /** @defaultValue `application/json` */
  readonly contentType?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Requests to one API server, over connections that are kept. Credentials are the kubeconfig's: certificates, tokens, commands, OIDC. */
export class Transport {
  readonly #config: KubeConfig;
  readonly #server: URL;
  readonly #agents: { readonly "http:": http.Agent; readonly "https:": https.Agent };

  constructor(config: KubeConfig) {
    this.#config = config;
    this.#server = new URL(config.getCurrentCluster()?.server ?? "");
    this.#agents = {
      "http:": new http.Agent({ keepAlive: true }),
      "https:": new https.Agent({ keepAlive: true }),
    };
  }

  /** @returns the response, its body not yet read. @throws ApiError for an answer that is a refusal, UnreachableError for none */
  async send(request: Request): Promise<IncomingMessage> {
    const response = await this.#respond(request);
    if ((response.statusCode ?? 0) < 400) return response;
    throw refusal(response, await text(response));
  }

  async #respond(request: Request): Promise<IncomingMessage> {
    const body = request.body === undefined ? undefined : Buffer.from(JSON.stringify(request.body));
    const options = await this.#options(request, body);
    return new Promise((resolve, reject) => {
      const sent = (this.#server.protocol === "https:" ? https : http).request(this.#url(request), options);
      sent.on("response", resolve);
      sent.on("timeout", () => sent.destroy(new Error(`no answer within ${silenceMilliseconds / 1000} s`)));
      sent.on("error", (error) => reject(request.signal?.aborted ? error : this.#unreachable(error)));
      sent.end(body);
    });
  }

  async #options(
    { method, contentType, signal }: Request,
    body: Buffer | undefined,
  ): Promise<https.RequestOptions> {
    const credentials: https.RequestOptions = {};
    await this.#config.applyToHTTPSOptions(credentials);
    const isProxied = this.#config.getCurrentCluster()?.proxyUrl !== undefined;
    return {
      ...credentials,
      // The client library's own agent keeps no connections; it is used where it goes through a proxy.
      agent: isProxied
        ? credentials.agent
        : this.#agents[this.#server.protocol === "https:" ? "https:" : "http:"],
      method,
      headers: {
        ...(credentials.headers as http.OutgoingHttpHeaders | undefined),
        accept: "application/json",
        // Node gives the length by itself for some methods only: not for DELETE.
        ...(body && { "content-type": contentType ?? "application/json", "content-length": body.length }),
      },
      timeout: silenceMilliseconds,
      ...(signal ? { signal } : {}),
    };
  }

  #url({ path, query = {} }: Request): URL {
    const url = new URL(this.#server);
    url.pathname = url.pathname.replace(/\/$/, "") + path;
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined) url.searchParams.set(name, String(value));
    }
    return url;
  }

  #unreachable(error: Error): UnreachableError {
    return new UnreachableError(
      `the Kubernetes API server at ${this.#server.origin} does not answer: ${error.message}`,
      { cause: error },
    );
  }
}

/** The server's refusal; what stands between here and the server (a proxy, a load balancer) may refuse in words of its own. */
function refusal(response: IncomingMessage, body: string): ApiError {
  const code = response.statusCode ?? 0;
  const retryAfter = Number(response.headers["retry-after"]);
  return new ApiError(
    status(body) ?? {
      code,
      reason: response.statusMessage ?? "",
      message: `the server answered ${code} ${response.statusMessage ?? ""}: ${body.slice(0, 1000)}`,
    },
    Number.isFinite(retryAfter) ? retryAfter : undefined,
  );
}

function status(body: string): Status | undefined {
  try {
    const read = JSON.parse(body) as { kind?: string } & Status;
    return read.kind === "Status" ? read : undefined;
  } catch {
    return undefined;
  }
}

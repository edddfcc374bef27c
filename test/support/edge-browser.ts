import http, { type IncomingHttpHeaders } from "node:http";
import https from "node:https";
import { text } from "node:stream/consumers";
import { ENTRY_ADDRESS } from "./cluster.ts";

export interface Response {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Asks the entry of this machine's cluster as a browser would that finds it by a host name, and trusts one authority. */
export class Browser {
  readonly #host: string;
  readonly #authority: string;
  readonly #ports: Readonly<Record<"http" | "https", number>>;

  constructor(host: string, authority: string, ports = { http: 80, https: 443 }) {
    this.#host = host;
    this.#authority = authority;
    this.#ports = ports;
  }

  async get(scheme: "http" | "https", path: string, headers: Record<string, string> = {}): Promise<Response> {
    const response = await new Promise<http.IncomingMessage>((resolve, reject) => {
      this.#request(scheme, path, headers).on("response", resolve).on("error", reject).end();
    });
    return { status: response.statusCode!, headers: response.headers, body: await text(response) };
  }

  /** Opens a WebSocket by https, and gives the first frame's text. */
  async firstFrame(path: string): Promise<string> {
    const headers = {
      connection: "Upgrade",
      upgrade: "websocket",
      "sec-websocket-version": "13",
      "sec-websocket-key": Buffer.alloc(16, "k").toString("base64"),
    };
    return new Promise((resolve, reject) => {
      this.#request("https", path, headers)
        .on("error", reject)
        .on("response", ({ statusCode }) => reject(new Error(`no WebSocket, but ${statusCode}`)))
        .on("upgrade", (_, socket, head) => {
          const frame = (bytes: Buffer) => {
            resolve(bytes.subarray(2, 2 + bytes[1]!).toString());
            socket.destroy();
          };
          if (head.length > 0) frame(head);
          else socket.once("data", frame);
          socket.on("error", reject).on("close", () => reject(new Error("the WebSocket was closed")));
        })
        .end();
    });
  }

  #request(scheme: "http" | "https", path: string, headers: Record<string, string>): http.ClientRequest {
    const port = this.#ports[scheme];
    const common = {
      host: ENTRY_ADDRESS,
      port,
      path,
      headers: { host: this.#host, ...headers },
      agent: false,
    };
    if (scheme === "http") return http.request(common);
    return https.request({ ...common, servername: this.#host, ca: this.#authority });
  }
}

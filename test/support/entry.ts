import http from "node:http";
import { setTimeout as wait } from "node:timers/promises";

/** What an entry point answered. */
export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** An entry point that is reached at an address, with a port where it is not 80, whatever the DNS says of its host name. */
export class Entry {
  readonly #address: URL;
  readonly #host: string;

  constructor(address: string, host: string) {
    this.#address = new URL(`http://${address}`);
    this.#host = host;
  }

  /** Asks for a path; with a body, posts it as JSON. */
  async ask(path: string, body?: unknown): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const request = http.request({
        host: this.#address.hostname,
        port: this.#address.port,
        path,
        method: body === undefined ? "GET" : "POST",
        headers: { host: this.#host, "content-type": "application/json" },
        timeout: 10_000,
      });
      request.on("response", (response) => {
        const parts: string[] = [];
        response.setEncoding("utf8").on("data", (part: string) => parts.push(part));
        response.on("end", () => resolve({ status: response.statusCode ?? 0, body: parts.join("") }));
      });
      request.on("timeout", () => request.destroy(new Error(`${path}: no answer`)));
      request.on("error", reject);
      request.end(body === undefined ? undefined : JSON.stringify(body));
    });
  }

  /** Asks for a path again and again while something is done; gives all statuses, 0 where no answer came. */
  async askDuring(path: string, change: () => Promise<unknown>): Promise<number[]> {
    const statuses: number[] = [];
    const done = new AbortController();
    const asking = (async () => {
      while (!done.signal.aborted) {
        const { status } = await this.ask(path).catch(() => ({ status: 0 }));
        statuses.push(status);
        await wait(50);
      }
    })();
    try {
      await change();
    } finally {
      done.abort();
      await asking;
    }
    return statuses;
  }
}

import { authorization } from "./protocol.ts";

/** One request to an API that speaks JSON. */
export interface JsonRequest {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** Below the prefix of the URL. */
  readonly path: string;
  readonly body?: unknown;
  /** Statuses beside 2xx that are as good. @defaultValue none */
  readonly accept?: readonly number[];
}

/**
 * Makes requests to an API that speaks JSON, and answers what is in the response.
 *
 * @param headers - what the API knows its client by
 * @throws Error with the status and what the server said, when it refuses
 */
export function jsonApi(url: URL, headers: Readonly<Record<string, string>>, signal: AbortSignal) {
  const prefix = `${url.origin}${url.pathname.replace(/\/$/, "")}`;
  return async <Answer>({ method, path, body, accept = [] }: JsonRequest): Promise<Answer> => {
    const response = await fetch(`${prefix}${path}`, {
      method,
      headers: { "content-type": "application/json", ...authorization(url), ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      redirect: "manual",
      signal,
    });
    const text = await response.text();
    if (!response.ok && !accept.includes(response.status)) {
      throw new Error(`${method} ${path} answered ${response.status}: ${text.trim() || "nothing"}`);
    }
    return (text ? JSON.parse(text) : undefined) as Answer;
  };
}

/** A random direction, which no other proof has: the nearest vector to it is itself. */
export function randomVector(length = 8): readonly number[] {
  return Array.from({ length }, () => Math.random() - 0.5);
}

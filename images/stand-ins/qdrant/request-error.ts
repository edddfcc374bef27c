import type { ContentfulStatusCode } from "hono/utils/http-status";

/** A request that cannot be done, with what the client is told. */
export class RequestError extends Error {
  readonly status: ContentfulStatusCode;

  constructor(status: ContentfulStatusCode, message: string) {
    super(message);
    this.status = status;
  }
}

export const badRequest = (message: string) => new RequestError(400, message);

export const notFound = (message: string) => new RequestError(404, `Not found: ${message}`);

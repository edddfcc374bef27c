import type { ContentfulStatusCode } from "hono/utils/http-status";

/** A request that cannot be done, with what the client is told. */
export class RequestError extends Error {
  readonly status: ContentfulStatusCode;

  constructor(status: ContentfulStatusCode, message: string) {
    super(message);
    this.status = status;
  }
}

/** What a client sent makes no sense. */
export const badRequest = (message: string) => new RequestError(400, message);

/** What a client sent is understood, and can't be done. */
export const unprocessable = (message: string) => new RequestError(422, message);

/** What a client asks for is not there. */
export const notFound = (message: string) => new RequestError(404, message);

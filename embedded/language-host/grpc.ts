import * as grpc from "@grpc/grpc-js";

/** The engine's own limit: a large stack's resources travel in one message. */
export const maximumMessageBytes = 400 * 1024 * 1024;

/** An error whose message is for the user, with the status that tells the engine what kind it is. */
export class StatusError extends Error {
  readonly code: grpc.status;

  constructor(code: grpc.status, message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * A call's handler from a function; what the function throws becomes the call's error. The function's signal is aborted when the engine gives
 * the call up.
 */
export function unary<Request, Response>(
  answer: (request: Request, signal: AbortSignal) => Response | Promise<Response>,
): grpc.handleUnaryCall<Request, Response> {
  return (call, done) => {
    const given = new AbortController();
    call.on("cancelled", () => given.abort());
    new Promise<Response>((resolve) => resolve(answer(call.request, given.signal))).then(
      (response) => done(null, response),
      (error: unknown) => done(statusOf(error)),
    );
  };
}

/** A handler of a call that is answered by a stream; what the function throws ends the stream with that error. */
export function streaming<Request, Response>(
  answer: (call: grpc.ServerWritableStream<Request, Response>) => Promise<void>,
): grpc.handleServerStreamingCall<Request, Response> {
  return (call) => {
    answer(call).then(
      () => call.end(),
      (error: unknown) => call.emit("error", statusOf(error)),
    );
  };
}

function statusOf(error: unknown): Partial<grpc.StatusObject> {
  const code = error instanceof StatusError ? error.code : grpc.status.UNKNOWN;
  return { code, details: error instanceof Error ? error.message : String(error) };
}

import type { Values } from "../../provider/value.ts";

/** What the API server answers instead of an object: https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/status/ */
export interface Status {
  readonly code: number;
  /** `NotFound`, `Conflict`, `Invalid`, `Forbidden` and so on. */
  readonly reason: string;
  readonly message: string;
  readonly details?: Values;
}

/** A refusal by the API server; its message is the server's own, whole. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly status: Status;
  /** How long the server asks to wait before the next attempt, in seconds. */
  readonly retryAfterSeconds: number | undefined;

  constructor(status: Status, retryAfterSeconds?: number) {
    super(status.message);
    this.status = status;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** The API server did not answer. */
export class UnreachableError extends Error {
  override readonly name = "UnreachableError";
}

/** The API server has no such kind; the message names it. */
export class UnknownKindError extends Error {
  override readonly name = "UnknownKindError";
}

export function hasReason(error: unknown, reason: string): error is ApiError {
  return error instanceof ApiError && error.status.reason === reason;
}

/** The object, its namespace or its kind is not there. */
export function isNotFound(error: unknown): boolean {
  return error instanceof UnknownKindError || (error instanceof ApiError && error.status.code === 404);
}

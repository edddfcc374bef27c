import { ApiError } from "../api/errors.ts";

/** Whether the API server cannot answer a request without keeping its result, as some webhooks do not allow it. */
export function isDryRunRefused(error: unknown): boolean {
  return (
    error instanceof ApiError &&
    error.status.code === 400 &&
    /dryRun .* feature is disabled|does not support dry run/.test(error.message)
  );
}

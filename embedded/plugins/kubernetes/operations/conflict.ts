import { hasReason } from "../api/errors.ts";

const guide =
  "https://www.pulumi.com/registry/packages/kubernetes/how-to-guides/managing-resources-with-server-side-apply/#handle-field-conflicts-on-existing-resources";

/** An apply that names a field which somebody else manages is refused: the server's message says who and which. */
export function explainedConflict(error: unknown, manager: string): unknown {
  if (!hasReason(error, "Conflict")) return error;
  return new Error(
    `server-side apply field conflict detected, see ${guide} for troubleshooting help\n` +
      `The resource managed by field manager "${manager}" had an apply conflict: ${error.message}`,
    { cause: error },
  );
}

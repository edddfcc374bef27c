/** The code by which Node, a client or a server names an error, if it has one. */
export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}

/** One line for people out of an error of a client library, some of which hide the reason within. */
export function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // Several addresses were tried: the message is empty.
  if (error instanceof AggregateError && error.errors.length > 0) return describe(error.errors[0]);
  // What `fetch` says of any failure.
  if (error.message === "fetch failed" && error.cause) return describe(error.cause);
  return (error.message || (codeOf(error) ?? error.name)).replaceAll(/\s+/g, " ").trim();
}

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
  // What `fetch` and Kafka's client say of any failure of a connection.
  const isVague = error.message === "fetch failed" || codeOf(error) === "PLT_KFK_NETWORK";
  if (isVague && error.cause) return describe(error.cause);
  return (error.message || (codeOf(error) ?? error.name)).replaceAll(/\s+/g, " ").trim();
}

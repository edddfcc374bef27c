/** What the Docker daemon, or the way to it, answered instead of doing what it was asked. */
export class DaemonError extends Error {
  override readonly name = "DaemonError";
  /** The HTTP status; `undefined` if the daemon could not be reached. */
  readonly status: number | undefined;

  constructor(message: string, status: number | undefined, cause: unknown) {
    super(message, { cause });
    this.status = status;
  }
}

/** Awaits a call of the Engine API; a failure is told in the words of Docker's own client, after what was being done. */
export async function asking<Answer>(doing: string, call: Promise<Answer>): Promise<Answer> {
  try {
    return await call;
  } catch (error) {
    const { text, status } = describe(error);
    throw new DaemonError(`${doing}: ${text}`, status, error);
  }
}

/** The answer about something that may be gone; `undefined` if it is. */
export async function ifThere<Answer>(call: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof DaemonError && error.status === 404) return undefined;
    throw error;
  }
}

/** Awaits a call that is no failure if the daemon says that things are so already: 304, "not modified". */
export async function unlessSo(call: Promise<unknown>): Promise<void> {
  try {
    await call;
  } catch (error) {
    if (!(error instanceof DaemonError && error.status === 304)) throw error;
  }
}

/** Whether the daemon refused with a message that contains one of the given ones, in upper or lower case. */
export function isRefusal(error: unknown, ...messages: readonly string[]): boolean {
  if (!(error instanceof DaemonError)) return false;
  const text = error.message.toLowerCase();
  return messages.some((message) => text.includes(message.toLowerCase()));
}

function describe(error: unknown): { text: string; status: number | undefined } {
  if (!(error instanceof Error)) return { text: String(error), status: undefined };
  const { statusCode, json, code } = error as Error & {
    readonly statusCode?: number;
    readonly json?: { readonly message?: string } | null;
    readonly code?: string;
  };
  if (statusCode !== undefined)
    return { text: `Error response from daemon: ${json?.message ?? refusal(error)}`, status: statusCode };
  if (code === "ENOENT" || code === "ECONNREFUSED")
    return {
      text: `Cannot connect to the Docker daemon. Is the docker daemon running? (${error.message})`,
      status: undefined,
    };
  return { text: error.message || code || "the connection to the Docker daemon broke", status: undefined };
}

/** Of a request for a stream the client keeps the daemon's message only at the end of its own, after its words for the status. */
function refusal({ message }: Error): string {
  return message.replace(/^\(HTTP code \d+\) .*? - /, "").trim();
}

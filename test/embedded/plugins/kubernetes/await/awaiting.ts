import type { KubernetesObject } from "../../../../../embedded/plugins/kubernetes/api/object.ts";
import type { AwaitContext } from "../../../../../embedded/plugins/kubernetes/readiness.ts";
import { NotReadyError } from "../../../../../embedded/plugins/kubernetes/readiness.ts";
import type { FakeApiServer } from "./fake-api-server.ts";

/** What the plugin hands over when it waits for an object, and the lines that it was shown. */
export function awaiting(
  server: FakeApiServer,
  live: KubernetesObject,
  more: Partial<AwaitContext> = {},
): AwaitContext & { readonly lines: string[] } {
  const lines: string[] = [];
  return {
    client: server.client(),
    live,
    inputs: live,
    timeoutSeconds: 20,
    signal: new AbortController().signal,
    status: (line) => lines.push(line),
    log: (_, line) => lines.push(line),
    lines,
    ...more,
  };
}

/** The error of something that does not become ready. */
export async function refusalOf(wait: Promise<unknown>): Promise<NotReadyError> {
  const error: unknown = await wait.then(
    () => new Error("it became ready"),
    (thrown: unknown) => thrown,
  );
  if (error instanceof NotReadyError) return error;
  throw error;
}

/** Waits until something holds, looking often. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
}

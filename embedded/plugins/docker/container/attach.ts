import { buffer } from "node:stream/consumers";
import type { Daemon } from "../daemon/daemon.ts";
import { asking } from "../daemon/errors.ts";
import { readLog } from "../daemon/logs.ts";

/** Waits until the container has ended and answers what it wrote, if that is asked for. */
export async function untilEnded(
  daemon: Daemon,
  id: string,
  options: { readonly logs: boolean; readonly terminal: boolean; readonly signal: AbortSignal },
): Promise<string | undefined> {
  const container = daemon.engine.getContainer(id);
  // Read while it runs: a container that is removed at its end leaves no log to read afterwards.
  const [, log] = await Promise.all([
    asking(
      "Unable to wait container end of execution",
      container.wait({ condition: "not-running", abortSignal: options.signal }),
    ),
    options.logs
      ? asking("unable to read container logs", followedLog(container, options.signal))
      : undefined,
  ]);
  return log && readLog(log, options.terminal);
}

async function followedLog(
  container: ReturnType<Daemon["engine"]["getContainer"]>,
  signal: AbortSignal,
): Promise<Buffer> {
  const log = await container.logs({ stdout: true, stderr: true, follow: true, abortSignal: signal });
  return await buffer(log);
}

import type { ImageInspectInfo } from "dockerode";
import type { Daemon } from "./daemon.ts";
import { asking, ifThere } from "./errors.ts";
import { loginFor } from "./registry.ts";

/** Looks an image up by name or id; `undefined` if the daemon does not have it. */
export async function localImage({ engine }: Daemon, name: string): Promise<ImageInspectInfo | undefined> {
  return await ifThere(asking(`unable to inspect image ${name}`, engine.getImage(name).inspect()));
}

/** The image as the daemon has it; pulled from its registry if it has not. */
export async function findImage(
  daemon: Daemon,
  name: string,
  options: { readonly platform?: string | undefined; readonly signal: AbortSignal },
): Promise<ImageInspectInfo> {
  if (name === "") throw new Error("empty image name is not allowed");
  const found = await localImage(daemon, name);
  if (found) return found;
  await pull(daemon, name, options);
  const pulled = await localImage(daemon, name);
  if (!pulled) throw new Error(`unable to find or pull image ${name}`);
  return pulled;
}

async function pull(
  daemon: Daemon,
  name: string,
  { platform, signal }: { readonly platform?: string | undefined; readonly signal: AbortSignal },
): Promise<void> {
  const login = loginFor(name, daemon.credentials);
  const doing = `unable to pull image ${name}: error pulling image ${name}`;
  const progress = await asking(
    doing,
    daemon.engine.pull(name, {
      ...(platform && { platform }),
      ...(login && { authconfig: login }),
      abortSignal: signal,
    }),
  );
  await asking(doing, finished(daemon, progress));
}

/** The daemon answers a pull at once, and tells of a failure in the stream of its progress. */
async function finished(daemon: Daemon, progress: NodeJS.ReadableStream): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    daemon.engine.modem.followProgress(progress, (error, events: readonly ProgressEvent[]) => {
      const refusal = events.find((event) => event.error)?.error;
      if (error ?? refusal) reject(error ?? new Error(refusal));
      else resolve();
    });
  });
}

interface ProgressEvent {
  readonly error?: string;
}

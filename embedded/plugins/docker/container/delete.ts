import type { Daemon } from "../daemon/daemon.ts";
import { asking, DaemonError, isNotFound, isRefusal } from "../daemon/errors.ts";
import type { ContainerOutputs } from "./types.ts";

/** Stops a container within its grace period and removes it, its anonymous volumes too if `removeVolumes` says so. */
export async function deleteContainer(daemon: Daemon, id: string, known: ContainerOutputs): Promise<void> {
  const container = daemon.engine.getContainer(id);
  // One that was waited for to its end has nothing to stop. No grace period means that it is killed at once.
  if (!known.attach)
    await unlessGone(
      asking(`Error stopping container ${id}`, container.stop({ t: known.destroyGraceSeconds ?? 0 })),
    );
  await unlessGone(
    asking(
      `Error deleting container ${id}`,
      container.remove({ v: known.removeVolumes ?? false, force: true }),
    ),
  );
  await unlessGone(
    asking(
      `Error waiting for container removal '${id}'`,
      container.wait({ condition: known.rm ? "removed" : "not-running" }),
    ),
  );
}

/** A container that is gone, stopped or about to be removed by somebody else is as good as removed. */
async function unlessGone(call: Promise<unknown>): Promise<void> {
  try {
    await call;
  } catch (error) {
    const stoppedAlready = error instanceof DaemonError && error.status === 304;
    if (!stoppedAlready && !isNotFound(error) && !isRefusal(error, "is already in progress")) throw error;
  }
}

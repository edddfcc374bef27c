import type { Daemon } from "../daemon/daemon.ts";
import { asking, ifThere, isRefusal, unlessSo } from "../daemon/errors.ts";
import type { ContainerOutputs } from "./types.ts";

/** Stops a container within its grace period and removes it, its anonymous volumes too if `removeVolumes` says so. */
export async function deleteContainer(daemon: Daemon, id: string, known: ContainerOutputs): Promise<void> {
  const container = daemon.engine.getContainer(id);
  // One that was waited for to its end has nothing to stop. No grace period means that it is killed at once.
  if (!known.attach)
    await ifThere(
      unlessSo(
        asking(`Error stopping container ${id}`, container.stop({ t: known.destroyGraceSeconds ?? 0 })),
      ),
    );
  const removal = { v: known.removeVolumes ?? false, force: true };
  await unlessUnderWay(asking(`Error deleting container ${id}`, container.remove(removal)));
  const condition = known.rm ? "removed" : "not-running";
  await unlessUnderWay(asking(`Error waiting for container removal '${id}'`, container.wait({ condition })));
}

/** A container that somebody else, or the daemon by itself, has removed or is about to remove is as good as removed. */
async function unlessUnderWay(call: Promise<unknown>): Promise<void> {
  try {
    await ifThere(call);
  } catch (error) {
    if (!isRefusal(error, "is already in progress")) throw error;
  }
}

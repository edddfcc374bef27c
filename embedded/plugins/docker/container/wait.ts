import type { Daemon } from "../daemon/daemon.ts";
import { asking } from "../daemon/errors.ts";
import { poll } from "../polling.ts";

/**
 * Waits until the container's health check succeeds. As in the official plugin only "healthy" ends the wait: a container that
 * has ended or turned unhealthy is waited for too, as its restart policy may bring it back.
 */
export async function untilHealthy(
  daemon: Daemon,
  container: string,
  wait: { readonly seconds: number; readonly signal: AbortSignal },
): Promise<void> {
  const healthy = await poll(async () => {
    const { State } = await asking(
      "error inspecting container state",
      daemon.engine.getContainer(container).inspect(),
    );
    if (!State.Health)
      throw new Error(
        "you have supplied a 'wait' argument, but the container does not have a healthcheck defined. Please remove the 'wait' argument or add a 'healthcheck' attribute",
      );
    return State.Health.Status === "healthy" || undefined;
  }, wait);
  if (!healthy) throw new Error("container failed to be in healthy state");
}

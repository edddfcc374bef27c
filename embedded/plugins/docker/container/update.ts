import type { Daemon } from "../daemon/daemon.ts";
import { asking, unlessSo } from "../daemon/errors.ts";
import { restartPolicy } from "./host-config.ts";
import { isGiven } from "../given.ts";
import { changeableResources } from "./resources.ts";
import type { ContainerInputs, ContainerOutputs } from "./types.ts";

/** Properties that `POST /containers/{id}/update` changes. All others that change in place take hold at the next creation only. */
const changeable = [
  "restart",
  "maxRetryCount",
  "cpuShares",
  "cpuSet",
  "memory",
  "memoryReservation",
  "memorySwap",
  "deviceReadBps",
  "deviceReadIops",
  "deviceWriteBps",
  "deviceWriteIops",
] as const satisfies readonly (keyof ContainerInputs)[];

/** Starts a container that must run and does not, and gives it its new limits. Nothing is waited for, as in the official plugin. */
export async function updateContainer(
  daemon: Daemon,
  id: string,
  inputs: ContainerInputs,
  known: ContainerOutputs,
): Promise<void> {
  const container = daemon.engine.getContainer(id);
  if (inputs.mustRun && !known.mustRun && inputs.start)
    await unlessSo(asking("Unable to start container", container.start()));
  if (changeable.some((name) => differs(known[name], inputs[name])))
    await asking(
      "Unable to update a container",
      container.update({ ...changeableResources(inputs), RestartPolicy: restartPolicy(inputs) }),
    );
}

function differs(known: unknown, wanted: unknown): boolean {
  if (!isGiven(known) && !isGiven(wanted)) return false;
  return JSON.stringify(known) !== JSON.stringify(wanted);
}

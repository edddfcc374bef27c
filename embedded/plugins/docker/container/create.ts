import { findImage } from "../daemon/images.ts";
import type { Daemon } from "../daemon/daemon.ts";
import { asking, unlessSo } from "../daemon/errors.ts";
import { atLeast } from "../daemon/version.ts";
import { untilEnded } from "./attach.ts";
import { createBody } from "./create-body.ts";
import { startIntervalApiVersion } from "./healthcheck.ts";
import { joinNetworks } from "./networks.ts";
import { upload } from "./uploads.ts";
import { untilHealthy } from "./wait.ts";
import type { ContainerInputs, ContainerOutputs } from "./types.ts";

/** Makes a container without starting it; the image is pulled if the daemon does not have it. */
export async function makeContainer(
  daemon: Daemon,
  inputs: ContainerInputs,
  signal: AbortSignal,
): Promise<string> {
  try {
    await findImage(daemon, inputs.image, { signal });
  } catch (error) {
    throw new Error(`Unable to create container with image ${inputs.image}: ${(error as Error).message}`, {
      cause: error,
    });
  }
  refuseWhatTheDaemonIsTooOldFor(daemon, inputs);
  const container = await asking(
    "Unable to create container",
    daemon.engine.createContainer(createBody(inputs)),
  );
  return container.id;
}

/**
 * Brings a container that was made to the state that the program wants: in its networks, with its files, started, healthy if
 * `wait` is set and ended if `attach` is.
 * @returns outputs that the daemon does not tell later
 */
export async function bringUp(
  daemon: Daemon,
  id: string,
  inputs: ContainerInputs,
  signal: AbortSignal,
): Promise<ContainerOutputs> {
  await joinNetworks(daemon, id, inputs.networksAdvanced);
  await upload(daemon, id, inputs.uploads);
  if (inputs.start) {
    await unlessSo(asking("Unable to start container", daemon.engine.getContainer(id).start()));
    if (inputs.wait) await untilHealthy(daemon, id, { seconds: inputs.waitTimeout, signal });
  }
  if (!inputs.attach) return {};
  const log = await untilEnded(daemon, id, {
    logs: inputs.logs ?? false,
    terminal: inputs.tty ?? false,
    signal,
  });
  return log === undefined ? {} : { containerLogs: log };
}

/** An old daemon would take the body and leave out what it does not know: the container would not be what the program says. */
function refuseWhatTheDaemonIsTooOldFor({ apiVersion }: Daemon, inputs: ContainerInputs): void {
  const startInterval = inputs.healthcheck?.startInterval ?? "0s";
  const subpath = inputs.mounts?.some(({ volumeOptions }) => volumeOptions?.subpath);
  const needs: [boolean, string, string][] = [
    [startInterval !== "0s", "specify health-check start interval", startIntervalApiVersion],
    [subpath === true, "specify volume subpath", "1.45"],
  ];
  for (const [used, feature, version] of needs)
    if (used && !atLeast(apiVersion, version))
      throw new Error(
        `Unable to create container: "${feature}" requires API version ${version}, but the Docker daemon API version is ${apiVersion}`,
      );
}

import type { VolumeInspectInfo } from "dockerode";
import { bridged } from "../../provider/bridge/bridged.ts";
import type { InputsOf, OutputsOf } from "../../provider/property.ts";
import type { Context } from "../../provider/resource.ts";
import type { Daemon, DockerHost } from "../daemon/daemon.ts";
import { asking, isNotFound, isRefusal } from "../daemon/errors.ts";
import { given, labelMap, labelOutputs } from "../given.ts";
import { poll } from "../polling.ts";
import { volumeProperties } from "../properties.ts";
import { created, refreshed } from "../state.ts";

type VolumeInputs = InputsOf<typeof volumeProperties>;
type VolumeOutputs = OutputsOf<typeof volumeProperties>;

/** How long a container that still uses a volume may keep its removal waiting. */
const removalSeconds = 30;

/** A named volume. One of the same name that exists already is taken over, as the daemon does. */
export const volume = bridged({
  properties: volumeProperties,
  schemaVersion: 1,

  async create({ inputs }, { configuration }: Context<DockerHost>) {
    const daemon = await configuration.connect();
    const { name } = await asking("Unable to create volume", daemon.engine.createVolume(createBody(inputs)));
    const made = await asking("Unable to inspect volume", daemon.engine.getVolume(name).inspect());
    return { id: name, outputs: created(volumeProperties, inputs, volumeOutputs(made)) };
  },

  async read({ id, outputs }, { configuration }) {
    const found = await inspect(await configuration.connect(), id);
    const known = outputs ?? {};
    return found && { id: found.Name, outputs: refreshed(volumeProperties, known, volumeOutputs(found)) };
  },

  async delete({ id }, { configuration, signal }) {
    const daemon = await configuration.connect();
    const removed = await poll(async () => await removedUnlessInUse(daemon, id), {
      seconds: removalSeconds,
      signal,
    });
    if (!removed)
      throw new Error(
        `timeout while waiting for state to become 'removed' (last state: 'in_use', timeout: ${removalSeconds}s)`,
      );
  },
});

export function createBody(inputs: VolumeInputs): ReturnType<typeof given> {
  if (inputs.cluster)
    throw new Error(
      "Unable to create volume: the embedded docker plugin makes no cluster volumes: leave cluster out, or use the official plugin",
    );
  return given({
    Name: inputs.name,
    Driver: inputs.driver,
    DriverOpts: inputs.driverOpts,
    Labels: labelMap(inputs.labels),
  });
}

export function volumeOutputs(found: VolumeInspectInfo): VolumeOutputs {
  return {
    name: found.Name,
    driver: found.Driver,
    driverOpts: found.Options ?? {},
    labels: labelOutputs(found.Labels),
    mountpoint: found.Mountpoint,
  };
}

async function inspect(daemon: Daemon, name: string): Promise<VolumeInspectInfo | undefined> {
  try {
    return await asking("Unable to inspect volume", daemon.engine.getVolume(name).inspect());
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

/** Forced, so that a volume that is gone already counts as removed. */
async function removedUnlessInUse(daemon: Daemon, name: string): Promise<true | undefined> {
  try {
    await asking("Unable to remove volume", daemon.engine.getVolume(name).remove({ force: true }));
    return true;
  } catch (error) {
    if (isNotFound(error)) return true;
    if (isRefusal(error, "volume is in use")) return undefined;
    throw error;
  }
}

import type { VolumeCreateOptions, VolumeInspectInfo } from "dockerode";
import { bridged } from "../../provider/bridge/bridged.ts";
import type { InputsOf, OutputsOf } from "../../provider/property.ts";
import { InitializationError, type Context } from "../../provider/resource.ts";
import type { Daemon, DockerHost } from "../daemon/daemon.ts";
import { asking, ifThere, isRefusal } from "../daemon/errors.ts";
import { given, labelMap, labelOutputs } from "../given.ts";
import { untilRemoved } from "../polling.ts";
import { volumeProperties } from "../properties.ts";
import { created, refreshed } from "../state.ts";

type VolumeInputs = InputsOf<typeof volumeProperties>;
type VolumeOutputs = OutputsOf<typeof volumeProperties>;

/** A named volume. One of the same name that exists already is taken over, as the daemon does. */
export const volume = bridged({
  properties: volumeProperties,
  schemaVersion: 1,

  async create({ inputs }, { configuration }: Context<DockerHost>) {
    const daemon = await configuration.connect();
    const { name } = await asking("Unable to create volume", daemon.engine.createVolume(createBody(inputs)));
    try {
      const made = await asking("Unable to inspect volume", daemon.engine.getVolume(name).inspect());
      return { id: name, outputs: created(volumeProperties, inputs, volumeOutputs(made)) };
    } catch (error) {
      throw new InitializationError((error as Error).message, { id: name, outputs: {} });
    }
  },

  async read({ id, outputs }, { configuration }) {
    const { engine } = await configuration.connect();
    const found = await ifThere(asking("Unable to inspect volume", engine.getVolume(id).inspect()));
    return (
      found && {
        id: found.Name,
        outputs: refreshed(volumeProperties, outputs ?? {}, volumeOutputs(found)),
      }
    );
  },

  async delete({ id }, { configuration, signal }) {
    const daemon = await configuration.connect();
    await untilRemoved(async () => await removedUnlessInUse(daemon, id), "in_use", signal);
  },
});

function createBody(inputs: VolumeInputs): VolumeCreateOptions {
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

/** Forced, so that a volume that is gone already counts as removed. */
async function removedUnlessInUse({ engine }: Daemon, name: string): Promise<boolean> {
  try {
    await ifThere(asking("Unable to remove volume", engine.getVolume(name).remove({ force: true })));
    return true;
  } catch (error) {
    if (isRefusal(error, "volume is in use")) return false;
    throw error;
  }
}

import type { NetworkInspectInfo } from "dockerode";
import { bridged } from "../../provider/bridge/bridged.ts";
import { InitializationError, type Context } from "../../provider/resource.ts";
import type { Daemon, DockerHost } from "../daemon/daemon.ts";
import { asking, ifThere, isRefusal } from "../daemon/errors.ts";
import { untilRemoved } from "../polling.ts";
import { networkProperties } from "../properties.ts";
import { created, refreshed } from "../state.ts";
import { createBody } from "./create-body.ts";
import { observed } from "./outputs.ts";

export const network = bridged({
  properties: networkProperties,
  schemaVersion: 1,

  async create({ inputs }, { configuration }: Context<DockerHost>) {
    const daemon = await configuration.connect();
    const { id } = await asking("Unable to create network", daemon.engine.createNetwork(createBody(inputs)));
    try {
      const made = await asking("Unable to inspect network", daemon.engine.getNetwork(id).inspect());
      return { id, outputs: created(networkProperties, inputs, observed(made)) };
    } catch (error) {
      throw new InitializationError((error as Error).message, { id, outputs: {} });
    }
  },

  async read({ id, outputs }, { configuration }) {
    const { engine } = await configuration.connect();
    const found: NetworkInspectInfo | undefined = await ifThere(
      asking("Unable to inspect network", engine.getNetwork(id).inspect()),
    );
    return found && { id: found.Id, outputs: refreshed(networkProperties, outputs ?? {}, observed(found)) };
  },

  async delete({ id }, { configuration, signal }) {
    const daemon = await configuration.connect();
    await untilRemoved(async () => await removedUnlessInUse(daemon, id), "pending", signal);
  },
});

async function removedUnlessInUse({ engine }: Daemon, id: string): Promise<boolean> {
  try {
    await ifThere(asking("Unable to remove network", engine.getNetwork(id).remove()));
    return true;
  } catch (error) {
    if (isRefusal(error, "has active endpoints")) return false;
    throw error;
  }
}

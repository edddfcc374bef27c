import type { NetworkInspectInfo } from "dockerode";
import { bridged } from "../../provider/bridge/bridged.ts";
import { InitializationError, type Context } from "../../provider/resource.ts";
import type { Daemon, DockerHost } from "../daemon/daemon.ts";
import { asking, isNotFound, isRefusal } from "../daemon/errors.ts";
import { poll } from "../polling.ts";
import { networkProperties } from "../properties.ts";
import { created, refreshed } from "../state.ts";
import { createBody } from "./create-body.ts";
import { observed } from "./outputs.ts";

/** How long containers that are still in a network may keep its removal waiting. */
const removalSeconds = 30;

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
    const found = await inspect(await configuration.connect(), id);
    const known = outputs ?? {};
    return found && { id: found.Id, outputs: refreshed(networkProperties, known, observed(found)) };
  },

  async delete({ id }, { configuration, signal }) {
    const daemon = await configuration.connect();
    const removed = await poll(async () => await removedUnlessInUse(daemon, id), {
      seconds: removalSeconds,
      signal,
    });
    if (!removed)
      throw new Error(
        `timeout while waiting for state to become 'removed' (last state: 'pending', timeout: ${removalSeconds}s)`,
      );
  },
});

async function inspect(daemon: Daemon, id: string): Promise<NetworkInspectInfo | undefined> {
  try {
    return await asking("Unable to inspect network", daemon.engine.getNetwork(id).inspect());
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

async function removedUnlessInUse(daemon: Daemon, id: string): Promise<true | undefined> {
  try {
    await asking("Unable to remove network", daemon.engine.getNetwork(id).remove());
    return true;
  } catch (error) {
    if (isNotFound(error)) return true;
    if (isRefusal(error, "has active endpoints")) return undefined;
    throw error;
  }
}

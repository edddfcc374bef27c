import type { ContainerInspectInfo } from "dockerode";
import { bridged } from "../../provider/bridge/bridged.ts";
import { InitializationError, type Context } from "../../provider/resource.ts";
import type { Values } from "../../provider/value.ts";
import type { Daemon, DockerHost } from "../daemon/daemon.ts";
import { asking, ifThere } from "../daemon/errors.ts";
import { containerProperties } from "../properties.ts";
import { created, refreshed, updated } from "../state.ts";
import { bringUp, makeContainer } from "./create.ts";
import { deleteContainer } from "./delete.ts";
import { observed } from "./outputs.ts";
import { updateContainer } from "./update.ts";
import type { ContainerInputs } from "./types.ts";

const minutes = 60;

export const container = bridged({
  properties: containerProperties,
  deleteBeforeReplace: true,
  schemaVersion: 2,
  timeouts: { create: 20 * minutes, delete: 20 * minutes, update: 20 * minutes },

  async create({ inputs }, { configuration, signal }: Context<DockerHost>) {
    const daemon = await configuration.connect();
    const id = await makeContainer(daemon, inputs, signal);
    try {
      return { id, outputs: await outputsOfNew(daemon, id, inputs, signal) };
    } catch (error) {
      // The container is there: the next update can only replace or delete it if the state knows of it.
      const outputs = created(containerProperties, inputs, {});
      throw new InitializationError((error as Error).message, { id, outputs });
    }
  },

  async read({ id, outputs }, { configuration }) {
    const found = await inspect(await configuration.connect(), id);
    if (!found) return undefined;
    const known = outputs ?? {};
    const seen = observed(found, known);
    return { id: found.Id, outputs: refreshed(containerProperties, known, seen) };
  },

  async update({ id, inputs, outputs }, { configuration }) {
    await updateContainer(await configuration.connect(), id, inputs, outputs);
    return updated(containerProperties, outputs, inputs);
  },

  async delete({ id, outputs }, { configuration }) {
    await deleteContainer(await configuration.connect(), id, outputs);
  },
});

async function outputsOfNew(
  daemon: Daemon,
  id: string,
  inputs: ContainerInputs,
  signal: AbortSignal,
): Promise<Values> {
  const logs = await bringUp(daemon, id, inputs, signal);
  const found = await inspect(daemon, id);
  if (!found) throw new Error(`container ${inputs.name} is gone: with rm it is removed as soon as it ends`);
  const { capabilities: _, ...seen } = observed(found, inputs);
  return created(containerProperties, inputs, { ...seen, ...logs });
}

async function inspect({ engine }: Daemon, id: string): Promise<ContainerInspectInfo | undefined> {
  return await ifThere(asking("error inspecting container", engine.getContainer(id).inspect()));
}

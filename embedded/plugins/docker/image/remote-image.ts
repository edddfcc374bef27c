import type { ImageInspectInfo } from "dockerode";
import { bridged } from "../../provider/bridge/bridged.ts";
import type { OutputsOf, InputsOf } from "../../provider/property.ts";
import type { Context, State } from "../../provider/resource.ts";
import type { DockerHost } from "../daemon/daemon.ts";
import { asking } from "../daemon/errors.ts";
import { findImage, localImage } from "../daemon/images.ts";
import { remoteImageProperties } from "../properties.ts";
import { repoDigest } from "./digest.ts";

type ImageInputs = InputsOf<typeof remoteImageProperties>;
type ImageOutputs = OutputsOf<typeof remoteImageProperties>;

/** An image that the daemon has or pulls. */
export const remoteImage = bridged({
  properties: remoteImageProperties,

  async create({ inputs }, { configuration, signal }: Context<DockerHost>) {
    return await found(configuration, inputs, signal);
  },

  async read({ outputs, id }, { configuration }) {
    const daemon = await configuration.connect();
    const name = outputs?.name ?? id.replace(/^sha256:[0-9a-f]{64}/, "");
    const image = await localImage(daemon, name);
    return image && stateOf(name, image);
  },

  async update({ inputs }, { configuration, signal }) {
    return (await found(configuration, inputs, signal)).outputs;
  },

  async delete({ outputs }, { configuration }) {
    if (outputs.keepLocally || !outputs.name) return;
    const daemon = await configuration.connect();
    if (!(await localImage(daemon, outputs.name))) return;
    await asking(
      "Unable to remove Docker image",
      daemon.engine.getImage(outputs.name).remove({ force: outputs.forceRemove ?? false }),
    );
  },
});

async function found(
  host: DockerHost,
  inputs: ImageInputs,
  signal: AbortSignal,
): Promise<State<ImageOutputs>> {
  if (inputs.build)
    throw new Error(
      `the embedded docker plugin builds no images: build ${inputs.name} before the update (docker build --tag ${inputs.name} …) and leave build out, or use the official plugin`,
    );
  const daemon = await host.connect();
  try {
    return stateOf(inputs.name, await findImage(daemon, inputs.name, { platform: inputs.platform, signal }));
  } catch (error) {
    throw new Error(`Unable to read Docker image into resource: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

/** The official plugin's id is that of the image followed by its name. */
function stateOf(name: string, image: ImageInspectInfo): State<ImageOutputs> {
  return {
    id: image.Id + name,
    outputs: { name, imageId: image.Id, repoDigest: repoDigest(name, image.RepoDigests) },
  };
}

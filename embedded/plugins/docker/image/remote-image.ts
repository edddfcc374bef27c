import type { ImageInspectInfo } from "dockerode";
import { bridged } from "../../provider/bridge/bridged.ts";
import type { InputsOf } from "../../provider/property.ts";
import type { Context } from "../../provider/resource.ts";
import type { DockerHost } from "../daemon/daemon.ts";
import { asking } from "../daemon/errors.ts";
import { findImage, localImage } from "../daemon/images.ts";
import { remoteImageProperties } from "../properties.ts";
import { created, refreshed, updated } from "../state.ts";
import { repoDigest } from "./digest.ts";

type ImageInputs = InputsOf<typeof remoteImageProperties>;

/** An image that the daemon has or pulls. */
export const remoteImage = bridged({
  properties: remoteImageProperties,

  async create({ inputs }, { configuration, signal }: Context<DockerHost>) {
    const image = await foundOrPulled(configuration, inputs, signal);
    return {
      id: idOf(inputs.name, image),
      outputs: created(remoteImageProperties, inputs, observed(inputs.name, image)),
    };
  },

  async read({ outputs, id }, { configuration }) {
    const daemon = await configuration.connect();
    const name = outputs?.name ?? id.replace(/^sha256:[0-9a-f]{64}/, "");
    const image = await localImage(daemon, name);
    const known = { name, ...outputs };
    return (
      image && {
        id: idOf(name, image),
        outputs: refreshed(remoteImageProperties, known, observed(name, image)),
      }
    );
  },

  async update({ inputs, outputs }, { configuration, signal }) {
    const image = await foundOrPulled(configuration, inputs, signal);
    return { ...updated(remoteImageProperties, outputs, inputs), ...observed(inputs.name, image) };
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

async function foundOrPulled(
  host: DockerHost,
  { name, platform, build }: ImageInputs,
  signal: AbortSignal,
): Promise<ImageInspectInfo> {
  if (build)
    throw new Error(
      `the embedded docker plugin builds no images: build ${name} before the update (docker build --tag ${name} …) and leave build out, or use the official plugin`,
    );
  try {
    return await findImage(await host.connect(), name, { platform, signal });
  } catch (error) {
    throw new Error(`Unable to read Docker image into resource: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

/** The official plugin's id is that of the image followed by its name. */
function idOf(name: string, image: ImageInspectInfo): string {
  return image.Id + name;
}

function observed(
  name: string,
  image: ImageInspectInfo,
): { readonly imageId: string; readonly repoDigest: string } {
  return { imageId: image.Id, repoDigest: repoDigest(name, image.RepoDigests) };
}

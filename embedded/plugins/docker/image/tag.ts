import { bridged } from "../../provider/bridge/bridged.ts";
import type { Context } from "../../provider/resource.ts";
import type { DockerHost } from "../daemon/daemon.ts";
import { asking } from "../daemon/errors.ts";
import { tagProperties } from "../properties.ts";

/** A second name for an image. As with the official plugin it is not looked up again, and stays when the resource is deleted. */
export const tag = bridged({
  properties: tagProperties,

  async create({ inputs }, { configuration }: Context<DockerHost>) {
    const { engine } = await configuration.connect();
    const { sourceImage, targetImage } = inputs;
    const source = engine.getImage(sourceImage);
    await asking("failed to create docker tag", source.tag(repositoryAndTag(targetImage)));
    const { Id } = await asking("failed to ImageInspectWithRaw", source.inspect());
    return {
      id: `${sourceImage}.${targetImage}`,
      outputs: { sourceImage, targetImage, sourceImageId: Id },
    };
  },
});

/** The last colon separates the tag, unless it belongs to the registry's port: `registry:5000/name` has no tag. */
export function repositoryAndTag(image: string): { repo: string; tag: string } {
  const colon = image.lastIndexOf(":");
  if (colon < 0 || image.includes("/", colon)) return { repo: image, tag: "latest" };
  return { repo: image.slice(0, colon), tag: image.slice(colon + 1) };
}

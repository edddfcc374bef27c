/** The property tables of the docker plugin, one file a kind of resource. */
export { containerProperties } from "./properties/container.ts";
export { networkProperties } from "./properties/network.ts";
export { remoteImageProperties } from "./properties/remote-image.ts";
export { tagProperties } from "./properties/tag.ts";
export { volumeProperties } from "./properties/volume.ts";

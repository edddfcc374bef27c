export { embeddedReferences, obtainImages } from "./obtain.ts";
export type { ImageName, ImagesOptions, ObtainedImage } from "./types.ts";

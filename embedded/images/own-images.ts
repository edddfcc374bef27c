import type { OwnImageName } from "../../components/images.ts";
import type { OwnImage } from "./own-image.ts";
import { referenceApp } from "./reference-app.ts";
import { referenceWorker } from "./reference-worker.ts";
import type { ImageName } from "./types.ts";

/** Every image that is always built here, by name. */
export const ownImages: Readonly<Record<OwnImageName, OwnImage>> = {
  "reference-app": referenceApp,
  "reference-worker": referenceWorker,
};

/** Whether an image is always built here. */
export function isOwn(name: ImageName): name is OwnImageName {
  return Object.hasOwn(ownImages, name);
}

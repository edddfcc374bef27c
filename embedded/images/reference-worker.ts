import * as path from "node:path";
import type { OwnImage } from "./own-image.ts";

/** The reference worker, built on Flower's image, which has Celery in it. */
export const referenceWorker: OwnImage = {
  name: "reference-worker",
  base: "flower",
  description: "Stands in for a private Celery worker and proves its wiring",
  async writeContext(folder, sources, signal) {
    const builder: Builder = await import(path.join(sources, "build.ts"));
    await builder.buildReferenceWorker(folder, signal);
  },
};

/** What `images/reference-worker/build.ts` exports: named here, for the compiler leaves it out of the package. */
interface Builder {
  buildReferenceWorker(directory: string, signal: AbortSignal): Promise<void>;
}

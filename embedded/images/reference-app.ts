import * as path from "node:path";
import type { OwnImage } from "./own-image.ts";

/** The reference application, built on a Node image. */
export const referenceApp: OwnImage = {
  name: "reference-app",
  base: "node",
  description: "Stands in for a private application image and proves its wiring",
  async writeContext(folder, sources) {
    const builder: Bundler = await import(path.join(sources, "build.ts"));
    await builder.buildReferenceApp(folder);
  },
};

/** What `images/reference-app/build.ts` exports: named here, for the compiler leaves it out of the package. */
interface Bundler {
  buildReferenceApp(directory: string): Promise<void>;
}

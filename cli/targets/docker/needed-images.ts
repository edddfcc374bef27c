import type Docker from "dockerode";
import type { ImageName } from "../../../embedded/images/index.ts";
import type { Engine } from "../../engine.ts";
import { imageNames, namesOf, presentImages } from "../../images.ts";
import { Mendable } from "../../mendable.ts";
import { planned } from "./plan.ts";

/** Which images of the catalogue a stack needs. That takes a preview to tell: where all are on the Docker host anyway, it is left out. */
export async function neededImages(docker: Docker, engine: Engine): Promise<readonly ImageName[]> {
  const { missing } = await presentImages(docker);
  if (missing.length === 0) return imageNames;
  try {
    const { containers } = await planned(engine);
    return namesOf(containers.map(({ image }) => image));
  } catch (error) {
    // The program fails: whoever runs it next shows why.
    if (error instanceof Mendable) return [];
    throw error;
  }
}

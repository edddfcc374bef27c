import type Docker from "dockerode";
import { RECIPE_LABEL } from "./labels.ts";

/** Whether the engine has an image of this name. */
export async function isPresent(docker: Docker, reference: string): Promise<boolean> {
  return (await inspect(docker, reference)) !== undefined;
}

/** Whether the engine has an image of this name that was made from that recipe. */
export async function isMadeFrom(docker: Docker, reference: string, recipe: string): Promise<boolean> {
  return (await inspect(docker, reference))?.Config.Labels?.[RECIPE_LABEL] === recipe;
}

/** The id of the image of this name, if there is one. */
export async function imageId(docker: Docker, reference: string): Promise<string | undefined> {
  return (await inspect(docker, reference))?.Id;
}

/** Removes images that have no name, newest first, save for those that others are based on or that containers use. */
export async function removeNameless(docker: Docker, ids: readonly string[]): Promise<void> {
  for (const id of ids.toReversed()) {
    const image = await inspect(docker, id);
    if (!image || image.RepoTags.length > 0) continue;
    try {
      await docker.getImage(id).remove();
    } catch (error) {
      if (!hasStatus(error, NOT_FOUND, CONFLICT)) throw error;
    }
  }
}

const NOT_FOUND = 404;
const CONFLICT = 409;

async function inspect(docker: Docker, name: string): Promise<Docker.ImageInspectInfo | undefined> {
  try {
    return await docker.getImage(name).inspect();
  } catch (error) {
    if (hasStatus(error, NOT_FOUND)) return undefined;
    throw error;
  }
}

function hasStatus(error: unknown, ...statuses: readonly number[]): boolean {
  return (
    error instanceof Error && "statusCode" in error && statuses.some((status) => status === error.statusCode)
  );
}

import { readdir } from "node:fs/promises";
import type Docker from "dockerode";
import { lastLines, messageOf } from "./run.ts";

/** Where and under whose eyes an image is made. */
export interface Workshop {
  readonly docker: Docker;
  readonly report: (line: string) => void;
  readonly signal: AbortSignal;
}

/** An image to be made from a folder with a Dockerfile. */
export interface FolderBuild {
  /** Name and tag of the image. */
  readonly reference: string;
  readonly folder: string;
  /** Name of the image that the Dockerfile starts from, as its build argument `BASE`. */
  readonly base: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** Label of the digest of what an image was made from. */
const RECIPE_LABEL = "keelson.recipe";

/** Label of every image that was made here, and of what is left of its making. */
const EMBEDDED_LABEL = "keelson.embedded";

/** Labels of an image made here: by what, and what it is. */
export function labelsOf(recipe: string, description: string): Record<string, string> {
  return {
    [EMBEDDED_LABEL]: "true",
    [RECIPE_LABEL]: recipe,
    "org.opencontainers.image.description": description,
  };
}

/** Whether the engine has an image of this name. */
export async function isPresent(docker: Docker, reference: string): Promise<boolean> {
  return (await recipeOf(docker, reference)) !== undefined;
}

/** Whether the engine has an image of this name that was made from that recipe. */
export async function isMadeFrom(docker: Docker, reference: string, recipe: string): Promise<boolean> {
  return (await recipeOf(docker, reference)) === recipe;
}

/** The recipe that an image was made from: empty for an image from elsewhere, undefined without an image. */
async function recipeOf(docker: Docker, reference: string): Promise<string | undefined> {
  try {
    const { Config } = await docker.getImage(reference).inspect();
    return Config.Labels?.[RECIPE_LABEL] ?? "";
  } catch (error) {
    if (error instanceof Error && "statusCode" in error && error.statusCode === 404) return undefined;
    throw error;
  }
}

/**
 * Builds an image from a folder. The tag is set at the end: an image of this name is whole.
 *
 * @throws Error with the last lines of the build's output
 */
export async function buildFolder(
  { reference, folder, base, labels }: FolderBuild,
  { docker, signal }: Workshop,
): Promise<void> {
  const stream = await docker.buildImage(
    { context: folder, src: await readdir(folder) },
    { t: reference, buildargs: { BASE: base }, labels, rm: true, forcerm: true, abortSignal: signal },
  );
  await follow(stream, { docker, signal });
}

/** Waits for the end of a pull, a build or an import. */
export async function follow(
  stream: NodeJS.ReadableStream,
  { docker, signal }: Omit<Workshop, "report">,
): Promise<void> {
  const output: string[] = [];
  try {
    await new Promise<void>((resolve, reject) => {
      docker.modem.followProgress(
        stream,
        (error) => (error ? reject(error) : resolve()),
        ({ stream: text, error }: Progress) => {
          output.push(text ?? "");
          if (error) reject(new Error(error));
        },
      );
    });
  } catch (error) {
    signal.throwIfAborted();
    throw new Error([lastLines(output.join("")), messageOf(error)].filter(Boolean).join("\n"), {
      cause: error,
    });
  }
}

interface Progress {
  readonly stream?: string;
  readonly error?: string;
}

/** Removes the nameless images that builds leave behind: those of a failed build, and those that a newer one replaced. */
export async function removeLeftovers(docker: Docker): Promise<void> {
  await docker.pruneImages({ filters: { dangling: ["true"], label: [`${EMBEDDED_LABEL}=true`] } });
}

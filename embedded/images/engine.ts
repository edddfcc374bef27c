import { readdir } from "node:fs/promises";
import { setTimeout } from "node:timers/promises";
import type Docker from "dockerode";
import { imageId, removeNameless } from "./present.ts";
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

/**
 * Builds an image from a folder. The name is given at the end: an image of this name is whole. What has no name by then,
 * parts of it and the image that had the name before, is removed, after a failure too.
 *
 * @throws Error with the last lines of the build's output
 */
export async function buildFolder(
  { reference, folder, base, labels }: FolderBuild,
  { docker, signal }: Workshop,
): Promise<void> {
  const nameless = [await imageId(docker, reference)].filter((id) => id !== undefined);
  try {
    const stream = await docker.buildImage(
      { context: folder, src: await readdir(folder) },
      { t: reference, buildargs: { BASE: base }, labels, rm: true, forcerm: true, abortSignal: signal },
    );
    await follow(stream, docker, (line) => {
      const made = /^ ---> ([0-9a-f]{12,})\n$/.exec(line)?.[1];
      if (made) nameless.push(made);
    });
  } finally {
    // The engine takes a moment to end the container of a build that was stopped, and only then lets go of its image.
    if (signal.aborted) await setTimeout(STOPPING_MILLISECONDS);
    await removeNameless(docker, nameless);
  }
}

const STOPPING_MILLISECONDS = 2000;

/**
 * Waits for the end of a pull, a build or an import.
 *
 * @throws Error with the last lines of its output
 */
export async function follow(
  stream: NodeJS.ReadableStream,
  { modem }: Docker,
  read: (line: string) => void = () => {},
): Promise<void> {
  const output: string[] = [];
  try {
    await new Promise<void>((resolve, reject) => {
      const finished = (error: Error | null) => (error ? reject(error) : resolve());
      modem.followProgress(stream, finished, ({ stream: line, error }: Progress) => {
        if (error) reject(new Error(error));
        if (line) output.push(line);
        if (line) read(line);
      });
    });
  } catch (error) {
    const said = [lastLines(output.join("")), messageOf(error)];
    throw new Error(said.filter(Boolean).join("\n"), { cause: error });
  }
}

interface Progress {
  readonly stream?: string;
  readonly error?: string;
}

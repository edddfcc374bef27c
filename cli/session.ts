import type Docker from "dockerode";
import { type ImageName, obtainImages } from "../embedded/images/index.ts";
import { obtainParts, type Parts } from "../embedded/parts/index.ts";
import { connectDocker } from "./docker.ts";
import { type Engine, engineFor } from "./engine.ts";
import { IMAGES_VARIABLE, imageNames, mappingOf, namesOf, presentImages, type References } from "./images.ts";
import { Mendable } from "./mendable.ts";
import { planned } from "./plan.ts";
import { openStack, type Stack } from "./stack.ts";

/** Is told, line by line, what something that takes long is doing. */
export type Report = (line: string) => void;

/** A stack, and all that it takes to work on it. */
export interface Session {
  readonly stack: Stack;
  readonly parts: Parts;
  readonly docker: Docker;
  /** The engine, which tells the program the images that are there. */
  readonly engine: Engine;
}

/** Readies all that it takes to work on a stack: the engine with its plugins, the stack's Docker host, the stack itself. */
export async function openSession(name: string, report: Report): Promise<Session> {
  const stack = await openStack(name);
  const parts = await obtainParts({ project: stack.project.folder, progress: report });
  const docker = await connectDocker(stack.settings.dockerHost);
  return joinSession({ stack, parts, docker });
}

/** Joins what was readied step by step. */
export async function joinSession({ stack, parts, docker }: Omit<Session, "engine">): Promise<Session> {
  const { mapping } = await presentImages(docker);
  const engine = engineWith(stack, parts, mapping);
  await engine.read(["stack", "select", "--create"]);
  return { stack, parts, docker, engine };
}

/**
 * Gets the images that a stack is made from.
 *
 * @returns The images, and the session with the engine that tells the program of them
 */
export async function withImages(session: Session, report: Report) {
  const { stack, parts, docker } = session;
  const images = await obtainImages(await neededImages(session), { docker, report });
  const engine = engineWith(stack, parts, mappingOf(images));
  return { images, session: { ...session, engine } };
}

/** Which images a stack needs takes a preview to tell: where all are there anyway, it is left out. */
async function neededImages({ docker, engine }: Session): Promise<readonly ImageName[]> {
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

function engineWith(stack: Stack, { engine, environment }: Parts, mapping: References): Engine {
  return engineFor({
    stack,
    executable: engine,
    environment: { ...environment, [IMAGES_VARIABLE]: JSON.stringify(mapping) },
  });
}

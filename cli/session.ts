import { obtainParts, type Parts } from "../embedded/parts/index.ts";
import { type Engine, engineFor } from "./engine.ts";
import { openStack, type Stack } from "./stack.ts";
import { kindOf } from "./targets/index.ts";
import type { Place, Variables } from "./targets/target.ts";

/** Is told, line by line, what something that takes long is doing. */
export type Report = (line: string) => void;

/** A stack, and all that it takes to work on it. */
export interface Session {
  readonly stack: Stack;
  readonly parts: Parts;
  readonly place: Place;
  /** The engine, which tells plugins and program of the place. */
  readonly engine: Engine;
}

/** Readies all that it takes to work on a stack: the engine with its plugins, the place where it runs, the stack itself. */
export async function openSession(name: string, report: Report): Promise<Session> {
  const stack = await openStack(name);
  const parts = await obtainParts({ project: stack.project.folder, progress: report });
  const place = await (await kindOf(stack)).connect(stack, report);
  return joinSession({ stack, parts, place });
}

/** Joins what was readied step by step. */
export async function joinSession({ stack, parts, place }: Omit<Session, "engine">): Promise<Session> {
  const engine = engineWith(stack, parts, place.environment);
  await engine.read(["stack", "select", "--create"]);
  return { stack, parts, place, engine };
}

/**
 * Gets the images that a stack is made from.
 *
 * @returns The images, and the session with the engine that tells the program of them
 */
export async function withImages(session: Session, report: Report) {
  const { stack, parts, place } = session;
  const { images, environment } = await place.obtainImages(session.engine, report);
  return { images, session: { ...session, engine: engineWith(stack, parts, environment) } };
}

function engineWith(stack: Stack, { engine, environment }: Parts, ofPlace: Variables): Engine {
  return engineFor({ stack, executable: engine, environment: { ...environment, ...ofPlace } });
}

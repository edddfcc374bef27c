import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { parse } from "yaml";
import { z } from "zod";
import { Mendable } from "./mendable.ts";
import { findProject, type Project, stackFile, stacksOf } from "./project.ts";

/** A stack of the project that the current folder belongs to. */
export interface Stack {
  readonly name: string;
  readonly project: Project;
  /** Path of its settings. */
  readonly file: string;
  /** Name of the kind of target that it runs on, as `docker`. */
  readonly target: string;
  /** What it says of its target. All its other settings are the program's business, which checks these too. */
  readonly targetSettings: unknown;
}

/** The target of a program that does not say: one that uses the library without this repository's stacks. */
const USUAL_TARGET = "docker";

// What has another shape is left for the program to complain about, which knows the path of every setting.
const stackFileSchema = z.object({
  config: z.record(z.string(), z.unknown()).nullish().catch(undefined),
});

/**
 * Finds a stack by its name.
 *
 * @throws Mendable when the project has no file for it: a name with a mistake in it would make a new, empty stack
 */
export async function openStack(name: string, from?: string): Promise<Stack> {
  const project = await findProject(from);
  const file = stackFile(project, name);
  if (!existsSync(file)) {
    const others = await stacksOf(project);
    throw new Mendable(
      `there is no stack "${name}": ${file} is missing`,
      others.length > 0 ? `the stacks here are: ${others.join(", ")}` : "write that file; it may be empty",
    );
  }
  return { name, project, file, ...(await readTarget(file)) };
}

async function readTarget(file: string): Promise<Pick<Stack, "target" | "targetSettings">> {
  const config = stackFileSchema.safeParse(await parseStackFile(file)).data?.config ?? {};
  const named = config["keelson:target"];
  const target = typeof named === "string" ? named : USUAL_TARGET;
  return { target, targetSettings: config[`keelson:${target}`] };
}

async function parseStackFile(file: string): Promise<unknown> {
  try {
    return parse(await readFile(file, "utf8"));
  } catch (error) {
    throw new Mendable(`${file} cannot be read: ${(error as Error).message}`, "mend that file", {
      cause: error,
    });
  }
}

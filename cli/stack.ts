import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { parse } from "yaml";
import { z } from "zod";
import type { Machine } from "../components/model/capacity.ts";
import { Mendable } from "./mendable.ts";
import { findProject, type Project, stackFile, stacksOf } from "./project.ts";

/** A stack of the project that the current folder belongs to. */
export interface Stack {
  readonly name: string;
  readonly project: Project;
  /** Path of its settings. */
  readonly file: string;
  readonly settings: StackSettings;
}

/** The settings of a stack that matter to the command line. All the others are the program's business, which checks them in full. */
export interface StackSettings {
  /** Address of the Docker engine, as `ssh://user@host`; none for the one of this machine. */
  readonly dockerHost?: string | undefined;
  /** What the Docker host is said to have. */
  readonly machine?: Machine | undefined;
}

// What has another shape is left for the program to complain about, which knows the path of every setting.
const settingsSchema = z.object({
  config: z.object({
    "keelson:docker": z.object({
      host: z.string().optional().catch(undefined),
      machine: z
        .object({ cpus: z.number(), memoryGiB: z.number(), storageGiB: z.number() })
        .optional()
        .catch(undefined),
    }),
  }),
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
  return { name, project, file, settings: await readSettings(file) };
}

async function readSettings(file: string): Promise<StackSettings> {
  const { data } = settingsSchema.safeParse(await parseStackFile(file));
  const { host: dockerHost, machine } = data?.config["keelson:docker"] ?? {};
  return { dockerHost, machine };
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

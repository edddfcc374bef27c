import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import * as path from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { Mendable } from "./mendable.ts";

/** A Pulumi project: the folder of a Pulumi.yaml. */
export interface Project {
  readonly name: string;
  readonly folder: string;
  /** Where the stack files are. */
  readonly stackFolder: string;
}

const projectFile = z.object({ name: z.string(), stackConfigDir: z.string().default(".") });

/**
 * Finds the project that a folder belongs to, as `pulumi` does: the nearest Pulumi.yaml on the way up.
 *
 * @throws Mendable when there is none
 */
export async function findProject(from = process.cwd()): Promise<Project> {
  const folder = nearestFolder(path.resolve(from));
  if (!folder) {
    throw new Mendable(
      `there is no Pulumi.yaml in ${from} or above it`,
      "change to the folder of the project first",
    );
  }
  const file = path.join(folder, "Pulumi.yaml");
  const { success, data, error } = projectFile.safeParse(parse(await readFile(file, "utf8")));
  if (!success) {
    throw new Mendable(
      `${file} is not the file of a Pulumi project: ${z.prettifyError(error)}`,
      "mend that file",
    );
  }
  return { name: data.name, folder, stackFolder: path.join(folder, data.stackConfigDir) };
}

function nearestFolder(folder: string): string | undefined {
  if (existsSync(path.join(folder, "Pulumi.yaml"))) return folder;
  const above = path.dirname(folder);
  return above === folder ? undefined : nearestFolder(above);
}

/** The file with the settings of a stack, whether it is there or not. */
export function stackFile(project: Project, stack: string): string {
  // A stack may be named with its organisation and project in front; the file never is.
  return path.join(project.stackFolder, `Pulumi.${path.posix.basename(stack)}.yaml`);
}

/** Names of the stacks that the project has a file for. */
export async function stacksOf(project: Project): Promise<string[]> {
  const files = existsSync(project.stackFolder) ? await readdir(project.stackFolder) : [];
  return files.flatMap((file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1] ?? []).toSorted();
}

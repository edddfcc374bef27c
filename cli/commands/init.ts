import { readFile } from "node:fs/promises";
import * as path from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import type { Answered } from "../init/wizard.ts";
import { Mendable } from "../mendable.ts";
import { findProject, type Project } from "../project.ts";
import { isInteractive } from "../terminal.ts";

/** What is answered by options already. */
export interface InitOptions extends Omit<Answered, "stack"> {
  /** Nothing is asked: what has no option keeps its default. */
  readonly yes?: boolean;
}

/** Ends after Ctrl-C, as a shell counts it. */
const INTERRUPTED = 130;

/** Writes a stack file: asks for everything on a terminal, or takes what its options say. */
export async function init(stack: string | undefined, { yes, ...options }: InitOptions): Promise<number> {
  const project = await findProject();
  await expectPlatforms(project);
  if (!yes && !isInteractive()) {
    throw new Mendable(
      "there is no terminal to ask on",
      `give --platform, --target and --yes, or write ${path.join(project.stackFolder, "Pulumi.STACK.yaml")} by hand: docs/operations.md lists the settings`,
    );
  }
  const answered = { ...options, ...(stack !== undefined && { stack }) };
  // The program's tables of platforms and targets bring Pulumi's SDKs with them, which take a second to load.
  const { initAsking, initUnasked } = await import("../init/run.ts");
  const isWritten = await (yes ? initUnasked(project, answered) : initAsking(project, answered));
  return isWritten ? 0 : INTERRUPTED;
}

const declaring = z.object({ config: z.looseObject({ "keelson:platform": z.unknown() }) });

/** @throws Mendable for a project with a program of its own, whose settings only that program knows */
async function expectPlatforms({ name, folder, stackFolder }: Project): Promise<void> {
  const file = path.join(folder, "Pulumi.yaml");
  const { success } = declaring.safeParse(parse(await readFile(file, "utf8")));
  if (success) return;
  throw new Mendable(
    `the project "${name}" has a program of its own: ${file} declares no keelson:platform to ask for`,
    `write ${path.join(stackFolder, "Pulumi.STACK.yaml")} with the settings that your program reads; it may be empty, and then: npx keelson up STACK`,
  );
}

import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import * as path from "node:path";
import { obtainParts, type Parts } from "../../embedded/parts/index.ts";
import { type Engine, engineFor } from "../engine.ts";
import { Mendable } from "../mendable.ts";
import { type Project, stackFile } from "../project.ts";
import { openStack, type Stack } from "../stack.ts";
import { carryOut } from "../steps.ts";
import type { StackFile } from "./stack-file.ts";

/** The file of a stack, if there is one. */
export async function presentFile(project: Project, name: string): Promise<string | undefined> {
  return readFile(stackFile(project, name), "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
}

/**
 * Writes a stack file. Where it has secrets, the engine is obtained first, which encrypts them.
 *
 * @throws Mendable when that fails or is interrupted; everything is then as it was before
 */
export async function writeStackFile(project: Project, name: string, file: StackFile): Promise<void> {
  const count = Object.keys(file.secrets).length;
  if (count === 0) return replace(stackFile(project, name), file.text);
  let parts: Parts;
  await carryOut([
    {
      title: "engine",
      run: async (report) => {
        parts = await obtainParts({ project: project.folder, progress: report });
        return parts.used[0] ? `${parts.used[0].kind} ${parts.used[0].version}` : "";
      },
    },
    {
      title: "secrets",
      run: async () => {
        const { engine: executable, environment } = parts;
        await writeWithSecrets(project, name, file, (stack) => engineFor({ stack, executable, environment }));
        return count === 1 ? "one is encrypted" : `${count} are encrypted`;
      },
    },
  ]);
}

/**
 * Writes a stack file and has an engine encrypt its secrets, which reads them from its standard input. If that fails, the file is as it was before, or not
 * there.
 */
export async function writeWithSecrets(
  project: Project,
  name: string,
  { text, secrets }: StackFile,
  engineOf: (stack: Stack) => Engine,
): Promise<void> {
  const place = stackFile(project, name);
  const before = await presentFile(project, name);
  try {
    await replace(place, text);
    await encrypt(engineOf(await openStack(name, project.folder)), secrets);
  } catch (error) {
    await (before === undefined ? rm(place, { force: true }) : replace(place, before));
    throw error;
  }
}

async function encrypt(engine: Engine, secrets: StackFile["secrets"]): Promise<void> {
  const isNew = await select(engine);
  try {
    for (const [at, secret] of Object.entries(secrets))
      await engine.read(["config", "set", "--secret", "--path", at], secret.reveal());
  } catch (error) {
    if (isNew) await engine.read(["stack", "rm", "--yes", "--preserve-config"]);
    throw error;
  }
}

/** Selects the stack in the engine's state; answers whether it had to be made there. */
async function select(engine: Engine): Promise<boolean> {
  try {
    await engine.read(["stack", "select"]);
    return false;
  } catch (error) {
    if (!(error instanceof Mendable)) throw error;
    await engine.read(["stack", "select", "--create"]);
    return true;
  }
}

/** A file is there as a whole or not at all. */
async function replace(file: string, text: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  const beside = `${file}.${process.pid}`;
  await writeFile(beside, text);
  await rename(beside, file);
}

import * as path from "node:path";
import * as clack from "@clack/prompts";
import { Mendable } from "../mendable.ts";
import { type Project, stackFile } from "../project.ts";
import { openStack } from "../stack.ts";
import { loadKind } from "../targets/index.ts";
import { strong } from "../terminal.ts";
import { checklist } from "./checklist.ts";
import { showChecklist } from "./checklist-text.ts";
import { difference } from "./difference.ts";
import { factsOf } from "./facts.ts";
import { Cancelled } from "./questioner.ts";
import { type StackFile, stackFileOf } from "./stack-file.ts";
import { UNTOUCHED } from "./state.ts";
import { terminalQuestioner as questioner } from "./terminal-questioner.ts";
import { type Answered, askForStack, type Described, stackWithoutQuestions } from "./wizard.ts";
import { presentFile, writeStackFile } from "./write.ts";

/** Asks for a stack and writes its file. Answers whether it was written: Ctrl-C leaves everything as it was. */
export async function initAsking(project: Project, answered: Answered): Promise<boolean> {
  clack.intro(strong("A stack file, question by question. Ctrl-C ends it, and nothing is written."));
  try {
    const offersFor = async (target: string) => (await loadKind(target))?.offers() ?? {};
    const described = await askForStack(answered, { questioner, offersFor });
    const file = stackFileOf(described.settings, described.shape);
    await confirmWriting(project, described, file);
    clack.outro("");
    await finish(project, described, file);
    return true;
  } catch (error) {
    if (!(error instanceof Cancelled)) throw error;
    clack.cancel("ended; nothing was written");
    return false;
  }
}

/**
 * Writes the file of a stack that the command line alone describes.
 *
 * @throws Mendable when there is a file already: nobody can be asked about it
 */
export async function initUnasked(project: Project, answered: Answered): Promise<boolean> {
  const described = stackWithoutQuestions(answered);
  const file = stackFileOf(described.settings, described.shape);
  if ((await presentFile(project, described.name)) !== undefined) {
    throw new Mendable(
      `${stackFile(project, described.name)} is there already`,
      "remove it first, or give another name: npx keelson init STACK …",
    );
  }
  await finish(project, described, file);
  return true;
}

/** @throws Cancelled when it shall not be written */
async function confirmWriting(project: Project, { name }: Described, file: StackFile): Promise<void> {
  const shown = path.relative(process.cwd(), stackFile(project, name));
  const before = await presentFile(project, name);
  const secrets = Object.keys(file.secrets);
  const note = secrets.length === 0 ? "" : `\nand, encrypted: ${secrets.join(", ")}`;
  if (before === undefined) questioner.show(shown, file.text.trimEnd() + note);
  else questioner.show(`${shown} is there already: what changes`, difference(before, file.text) + note);
  const message = before === undefined ? `Write ${shown}?` : `Overwrite ${shown}?`;
  if (!(await questioner.confirm({ message, initial: before === undefined })))
    throw new Cancelled("not to be written");
}

async function finish(project: Project, { name }: Described, file: StackFile): Promise<void> {
  await writeStackFile(project, name, file);
  const stack = await openStack(name, project.folder);
  console.log(`wrote ${path.relative(process.cwd(), stack.file)}\n`);
  console.log(showChecklist(checklist(await factsOf(stack, UNTOUCHED))));
  console.log(`\n${strong(`next: npx keelson up ${name}`)}`);
}

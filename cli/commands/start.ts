import { allGood, type Check, countChecks, showChecks } from "../checks.ts";
import { connectDocker } from "../docker.ts";
import { describeSetup, type DockerSetup, lookAtMachine, planDocker } from "../docker-setup.ts";
import { Mendable, messageOf } from "../mendable.ts";
import { outputsOf } from "../outputs.ts";
import { prepare } from "../prepare.ts";
import { checkRoom } from "../room.ts";
import { openStack, type Stack } from "../stack.ts";
import { carryOut } from "../steps.ts";
import { summary } from "../summary.ts";
import { confirm, isInteractive, strong } from "../terminal.ts";
import { runUp } from "./up.ts";
import { checkStack } from "./verify.ts";

/** How the first command of all is run. */
export interface StartOptions {
  /** Only what is needed is obtained; nothing is brought up. */
  readonly prepare?: boolean;
  /** Nothing is asked. */
  readonly yes?: boolean;
}

/** Sets everything up, brings a stack up on its Docker host, checks it, and says where it is. */
export async function start(name: string, options: StartOptions): Promise<number> {
  const stack = await openStack(name);
  const { session, images } = await prepare(stack, await missingDocker(stack, options));
  if (options.prepare) return 0;

  await carryOut([{ title: "room for the stack", run: () => checkRoom(session) }]);
  console.log(`\n${strong(`up ${name}`)}`);
  const status = await runUp(session, ["--yes", "--skip-preview"]);
  if (status !== 0) {
    throw new Mendable(
      `"${name}" did not come up; the reason is above`,
      `mend it and run this again: what is up already stays, or take it down: npx keelson down ${name}`,
    );
  }

  console.log();
  await carryOut([{ title: "verify", run: async () => verified(name, await checkStack(session)) }]);
  console.log(summary(session, images, await outputsOf(session)));
  return 0;
}

function verified(name: string, checks: readonly Check[]): string {
  if (allGood(checks)) return `${countChecks(checks)} are well`;
  throw new Mendable(
    `not all of "${name}" is well:\n${showChecks(checks.filter(({ outcome }) => outcome !== "good"))}`,
    `mend it, then look again: npx keelson verify ${name}`,
  );
}

/** How Docker is to be set up where it doesn't answer; on a terminal the user is asked first. */
async function missingDocker({ settings }: Stack, { yes }: StartOptions): Promise<DockerSetup | undefined> {
  try {
    await connectDocker(settings.dockerHost);
    return undefined;
  } catch (error) {
    const elsewhere = settings.dockerHost ?? process.env["DOCKER_HOST"] ?? process.env["DOCKER_CONTEXT"];
    if (elsewhere) throw error;
    const setup = planDocker(await lookAtMachine(), messageOf(error));
    if (yes || !isInteractive() || (await confirm(`Docker does not answer. ${describeSetup(setup)}?`)))
      return setup;
    throw new Mendable("Docker is needed, and does not answer", "install and start it, and run this again", {
      cause: error,
    });
  }
}

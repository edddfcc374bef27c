import { allGood, showChecks } from "../checks.ts";
import { connectDocker } from "../docker.ts";
import { describeSetup, type DockerSetup, lookAtMachine, planDocker } from "../docker-setup.ts";
import { Mendable, messageOf } from "../mendable.ts";
import { outputsOf } from "../outputs.ts";
import { prepare } from "../prepare.ts";
import { openStack, type Stack } from "../stack.ts";
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
  const prepared = await prepare(stack, await missingDocker(stack, options));
  if (options.prepare) return 0;

  console.log(`\n${strong(`up ${name}`)}`);
  const { session, images } = prepared;
  const status = await runUp(session, ["--yes", "--skip-preview"]);
  if (status !== 0) {
    throw new Mendable(
      `"${name}" did not come up; the reason is above`,
      `mend it and run this again: what is up already stays, or take it down: npx keelson down ${name}`,
    );
  }

  console.log(`\n${strong(`verify ${name}`)}`);
  const checks = await checkStack(session);
  console.log(showChecks(checks));
  if (!allGood(checks)) {
    throw new Mendable(
      `"${name}" is up, but not all of it is well`,
      `mend it, then look again: npx keelson verify ${name}`,
    );
  }
  console.log(summary(session, images, await outputsOf(session)));
  return 0;
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

import { allGood, type Check, countChecks, showChecks } from "../checks.ts";
import { Mendable } from "../mendable.ts";
import { outputsOf } from "../outputs.ts";
import { prepare } from "../prepare.ts";
import { checkRoom } from "../room.ts";
import { openStack, type Stack } from "../stack.ts";
import { carryOut } from "../steps.ts";
import { summary } from "../summary.ts";
import { kindOf } from "../targets/index.ts";
import type { Setup } from "../targets/target.ts";
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

/** Sets everything up, brings a stack up, checks it, and says where it is. */
export async function start(name: string, options: StartOptions): Promise<number> {
  const stack = await openStack(name);
  const { session, images } = await prepare(stack, await consentedSetup(stack, options));
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

/** What has to be set up on this machine; on a terminal the user is asked first. */
async function consentedSetup(stack: Stack, { yes }: StartOptions): Promise<Setup | undefined> {
  const { title, missingSetup } = await kindOf(stack);
  const setup = await missingSetup(stack);
  if (!setup || yes || !isInteractive() || (await confirm(`${setup.description}?`))) return setup;
  throw new Mendable(`${title} is needed, and does not answer`, "set it up, and run this again");
}

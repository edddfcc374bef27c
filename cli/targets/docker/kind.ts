import { messageOf } from "../../mendable.ts";
import type { Stack } from "../../stack.ts";
import type { Setup, TargetKind } from "../target.ts";
import { connectDocker } from "./connect.ts";
import { setUpDocker } from "./install.ts";
import { thisMachine } from "./offers.ts";
import { dockerPlace } from "./place.ts";
import { dockerSettings } from "./settings.ts";
import { describeSetup, lookAtMachine, planDocker } from "./setup.ts";

/** Docker hosts. */
export const docker: TargetKind = {
  title: "Docker",
  missingSetup: (stack) => missingDocker(dockerSettings(stack).host),
  connect: (stack) => connect(stack),
  offers: thisMachine,
};

/**
 * How Docker is to be set up where it doesn't answer.
 *
 * @param host Address of the engine that is asked for; only this machine's own can be set up
 */
export async function missingDocker(host: string | undefined): Promise<Setup | undefined> {
  try {
    await connectDocker(host);
    return undefined;
  } catch (error) {
    const elsewhere = host ?? process.env["DOCKER_HOST"] ?? process.env["DOCKER_CONTEXT"];
    if (elsewhere) throw error;
    const setup = planDocker(await lookAtMachine(), messageOf(error));
    return {
      description: `Docker does not answer. ${describeSetup(setup)}`,
      carryOut: (report) => setUpDocker(setup, report),
    };
  }
}

async function connect(stack: Stack) {
  const settings = dockerSettings(stack);
  return dockerPlace(await connectDocker(settings.host), settings);
}

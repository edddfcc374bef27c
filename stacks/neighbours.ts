import * as pulumi from "@pulumi/pulumi";
import { STACK_LABEL } from "../components/targets/docker/host.ts";
import { type Neighbours, neighboursAmong } from "../components/targets/docker/neighbours.ts";

/**
 * Asks a Docker engine what its host has promised to other stacks. A preview needs no host: where there is none, it
 * warns that others did not count.
 *
 * @param own Name of the stack's own target, which does not count
 * @param host Address of the engine, as `ssh://user@host`; without one it is `DOCKER_HOST`'s, or this machine's
 * @throws RunError when an update can't ask
 */
export async function neighboursOn(host: string | undefined, own: string): Promise<Neighbours> {
  try {
    // Loaded here, so that programs for other targets do without.
    const { DockerHost } = await import("../embedded/plugins/docker/daemon/daemon.ts");
    const { engine } = await new DockerHost(host === undefined ? {} : { host }).connect();
    const filters = { label: [STACK_LABEL] };
    return neighboursAmong(await engine.listContainers({ all: true, filters }), own);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const problem = `what the host has promised to other stacks can't be asked: ${reason}`;
    if (!pulumi.runtime.isDryRun()) throw new pulumi.RunError(problem);
    await pulumi.log.warn(`${problem}; they are left out of the capacity check of this preview`);
    return {};
  }
}

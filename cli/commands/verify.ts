import type Docker from "dockerode";
import { allGood, type Check, showChecks } from "../checks.ts";
import { type ContainerStatus, containersOf } from "../containers.ts";
import { checkService } from "../health.ts";
import { Mendable } from "../mendable.ts";
import { outputsOf } from "../outputs.ts";
import { untilWell, USUAL_PATIENCE } from "../patience.ts";
import { recorded } from "../plan.ts";
import { openSession, type Session } from "../session.ts";
import { progress } from "../terminal.ts";

/** Checks that everything in a stack works, from outside and from inside. */
export async function verify(name: string, { json }: { readonly json?: boolean }): Promise<number> {
  const checks = await checkStack(await openSession(name, progress));
  const ok = allGood(checks);
  console.log(json ? JSON.stringify({ stack: name, ok, checks }, undefined, 2) : showChecks(checks));
  return ok ? 0 : 1;
}

/**
 * Everything that can be checked of a stack that is up.
 *
 * @throws Mendable when it isn't
 */
export async function checkStack(session: Session): Promise<Check[]> {
  const { name } = session.stack;
  const { url, health, stack } = await outputsOf(session);
  const prefixes = stack === undefined ? (await recorded(session.engine)).prefixes : [stack];
  const containers = await settledContainers(session.docker, prefixes);
  if (containers.length === 0) {
    throw new Mendable(
      `"${name}" is not up: it has no containers on its Docker host`,
      `bring it up: npx keelson up ${name}`,
    );
  }
  const addresses = Object.keys(health).length === 0 && url ? { "entry point": url } : health;
  const services = Object.entries(addresses).map(([service, address]) => checkService(service, address));
  return [...(await Promise.all(services)).flat(), ...containers.map(toCheck)];
}

/** The containers, once none of them is still starting. */
async function settledContainers(docker: Docker, prefixes: readonly string[]): Promise<ContainerStatus[]> {
  return untilWell(
    USUAL_PATIENCE,
    async () => (await Promise.all(prefixes.map((prefix) => containersOf(docker, prefix)))).flat(),
    (seen) => !seen.some(({ starting }) => starting),
  );
}

function toCheck({ name, ok, detail }: ContainerStatus): Check {
  return {
    kind: "container",
    name,
    outcome: ok ? "good" : "bad",
    detail,
    ...(!ok && { remedy: `see why: docker logs ${name}` }),
  };
}

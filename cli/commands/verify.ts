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

/** Everything that can be checked of a stack that is up. */
export async function checkStack(session: Session): Promise<Check[]> {
  const { url, health, stack } = await outputsOf(session);
  const prefixes = stack === undefined ? (await recorded(session.engine)).prefixes : [stack];
  const addresses = Object.keys(health).length === 0 && url ? { "entry point": url } : health;
  const [services, containers] = await Promise.all([
    Promise.all(Object.entries(addresses).map(([name, address]) => checkService(name, address))),
    Promise.all(prefixes.map((prefix) => checkContainers(session.docker, prefix))),
  ]);
  const checks = [...services.flat(), ...containers.flat()];
  if (checks.length > 0) return checks;
  throw new Mendable(
    `"${session.stack.name}" is not up: nothing of it was found`,
    `keelson up ${session.stack.name}`,
  );
}

async function checkContainers(docker: Docker, prefix: string): Promise<Check[]> {
  const containers = await untilWell(
    USUAL_PATIENCE,
    () => containersOf(docker, prefix),
    (seen) => !seen.some(({ starting }) => starting),
  );
  return containers.map(toCheck);
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

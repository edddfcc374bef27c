import { allGood, type Check, showChecks } from "../checks.ts";
import { checkService } from "../health.ts";
import { Mendable } from "../mendable.ts";
import { outputsOf } from "../outputs.ts";
import { untilWell, USUAL_PATIENCE } from "../patience.ts";
import { type Asker, asker, parseAddress } from "../request.ts";
import { openSession, type Session } from "../session.ts";
import type { Running } from "../targets/target.ts";
import { progress } from "../terminal.ts";

/** How a stack is checked. */
export interface VerifyOptions {
  /** The result is printed for programs. */
  readonly json?: boolean;
  /** Address to connect to, whatever the DNS says of the host names: `10.0.0.7` or `10.0.0.7:8443`. */
  readonly at?: string;
}

/** Checks that everything in a stack works, from outside and from inside. */
export async function verify(name: string, { json, at }: VerifyOptions): Promise<number> {
  const given = at === undefined ? undefined : parseAddress(at);
  const checks = await checkStack(await openSession(name, progress), given && asker(given));
  const ok = allGood(checks);
  console.log(json ? JSON.stringify({ stack: name, ok, checks }, undefined, 2) : showChecks(checks));
  return ok ? 0 : 1;
}

/**
 * Everything that can be checked of a stack that is up.
 *
 * @param given Asks at a certain address; without it, at the stack's output `address`, else where the DNS says
 * @throws Mendable when it isn't up
 */
export async function checkStack(session: Session, given?: Asker): Promise<Check[]> {
  const { name } = session.stack;
  const { url, health, address } = await outputsOf(session);
  const running = await settled(session);
  if (running.length === 0) {
    throw new Mendable(`"${name}" is not up: nothing of it runs`, `bring it up: npx keelson up ${name}`);
  }
  const ask = given ?? asker(address === undefined ? undefined : parseAddress(address));
  const addresses = Object.keys(health).length === 0 && url ? { "entry point": url } : health;
  const services = Object.entries(addresses).map(([service, at]) => checkService(service, at, ask));
  return [...(await Promise.all(services)).flat(), ...running.map(toCheck)];
}

/** What runs, once all of it is well or nothing of it may still become so by itself. */
async function settled({ place, engine }: Session): Promise<readonly Running[]> {
  return untilWell(
    USUAL_PATIENCE,
    () => place.running(engine),
    (seen) => !seen.some(({ settling }) => settling),
  );
}

function toCheck({ kind, name, ok, detail, logCommand }: Running): Check {
  return {
    kind,
    name,
    outcome: ok ? "good" : "bad",
    detail,
    ...(!ok && { remedy: `see why: ${logCommand}` }),
  };
}

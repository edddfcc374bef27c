import { Mendable } from "./mendable.ts";
import type { Session } from "./session.ts";

/**
 * Checks before anything is made that a stack can come up. One that is up already has room.
 *
 * @throws Mendable with all that would keep it from that
 */
export async function checkRoom({ place, engine }: Session): Promise<string> {
  if ((await place.running(engine)).length > 0) return "it has it already";
  const checks = [...(await place.check()), ...(await place.checkPlan(engine))];
  const problems = checks.filter(({ outcome }) => outcome === "bad");
  if (problems.length === 0) return "there is";
  throw new Mendable(
    problems.map(({ name, detail }) => `${name}: ${detail}`).join("\n"),
    problems.map(({ name, remedy = "" }) => `${name}: ${remedy}`).join("\n"),
  );
}

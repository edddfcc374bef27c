import { gatherFacts } from "./doctor/facts.ts";
import { judge } from "./doctor/judge.ts";
import { Mendable } from "./mendable.ts";
import { recorded } from "./plan.ts";
import type { Session } from "./session.ts";

/**
 * Checks before anything is made that a stack can come up. One that is up already has room.
 *
 * @throws Mendable with all that would keep it from that
 */
export async function checkRoom({ stack, docker, parts, engine }: Session): Promise<string> {
  if ((await recorded(engine)).containers.length > 0) return "it has it already";
  const checks = judge(await gatherFacts({ stack, docker: { value: docker }, parts: { value: parts } }));
  const problems = checks.filter(({ outcome }) => outcome === "bad");
  if (problems.length === 0) return "there is";
  throw new Mendable(
    problems.map(({ name, detail }) => `${name}: ${detail}`).join("\n"),
    problems.map(({ name, remedy = "" }) => `${name}: ${remedy}`).join("\n"),
  );
}

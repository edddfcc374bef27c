import { allGood } from "../checks.ts";
import { checkStack } from "../commands/verify.ts";
import { examine } from "../doctor/examine.ts";
import { Mendable } from "../mendable.ts";
import { openSession, type Report, type Session } from "../session.ts";
import type { Stack } from "../stack.ts";
import type { State } from "./checklist.ts";

/** The state of a stack that was never brought up. */
export const UNTOUCHED: State = { isReady: false, isUp: false, isWell: false };

/** How far the deployment of a stack is, by the same checks as `doctor` and `verify` make. */
export async function stateOf(stack: Stack, report: Report): Promise<State> {
  const isReady = allGood(await examine(stack, report));
  const session = await reached(stack, report);
  if (!session || (await session.place.running(session.engine)).length === 0)
    return { ...UNTOUCHED, isReady };
  return { isReady, isUp: true, isWell: allGood(await checkStack(session)) };
}

/** A session, unless what it takes can't be reached: that is for `doctor` to tell. */
async function reached(stack: Stack, report: Report): Promise<Session | undefined> {
  try {
    return await openSession(stack.name, report);
  } catch (error) {
    if (error instanceof Mendable) return undefined;
    throw error;
  }
}

import { allGood, showChecks } from "../checks.ts";
import { examine } from "../doctor/examine.ts";
import { openStack } from "../stack.ts";
import { progress } from "../terminal.ts";

/** Checks whether a stack can be brought up: what is wrong, and what mends it. Gets the engine and its plugins if they are missing. */
export async function doctor(name: string, { json }: { readonly json?: boolean }): Promise<number> {
  const checks = await examine(await openStack(name), progress);
  const ok = allGood(checks);
  console.log(json ? JSON.stringify({ stack: name, ok, checks }, undefined, 2) : showChecks(checks));
  return ok ? 0 : 1;
}

import { obtainParts, type Parts } from "../../embedded/parts/index.ts";
import { bad, type Check, good } from "../checks.ts";
import { Mendable, messageOf } from "../mendable.ts";
import { joinSession, type Report } from "../session.ts";
import type { Stack } from "../stack.ts";
import { kindOf } from "../targets/index.ts";
import type { Place } from "../targets/target.ts";
import { checkMachine } from "./machine.ts";

/** Something that was looked for: it was found, or this is what came of it. */
type Found<Value> =
  | { readonly value: Value; readonly error?: undefined }
  | { readonly value?: undefined; readonly error: unknown };

/** Checks whether a stack can be brought up. What can't be had is told, and doesn't keep the rest from being checked. */
export async function examine(stack: Stack, report: Report): Promise<readonly Check[]> {
  const { title, connect } = await kindOf(stack);
  const parts = await found(() => obtainParts({ project: stack.project.folder, progress: report }));
  const place = await found(() => connect(stack, report));
  return [
    ...(await checkMachine()),
    ...(place.value ? await place.value.check() : [outOfReach(title, place.error)]),
    ...(parts.value ? partChecks(parts.value) : [withoutParts(parts.error)]),
    ...(parts.value && place.value ? await checkProgram(stack, parts.value, place.value) : []),
  ];
}

function outOfReach(title: string, error: unknown): Check {
  const remedy = error instanceof Mendable ? error.remedy : "mend that, and run this again";
  return bad(title, title, messageOf(error), remedy);
}

function partChecks({ used }: Pick<Parts, "used">): Check[] {
  return used.map(({ part, kind, version, why }) => good("Pulumi", part, `${version}, ${kind}: ${why}`));
}

function withoutParts(error: unknown): Check {
  return bad("Pulumi", "engine and plugins", messageOf(error), "mend that, and run this again");
}

async function checkProgram(stack: Stack, parts: Parts, place: Place): Promise<readonly Check[]> {
  const checks = await found(async () =>
    place.checkPlan((await joinSession({ stack, parts, place })).engine),
  );
  if (checks.value) return checks.value;
  return [bad("stack", "program", "its preview fails", `mend this: ${messageOf(checks.error)}`)];
}

async function found<Value>(look: () => Promise<Value>): Promise<Found<Value>> {
  try {
    return { value: await look() };
  } catch (error) {
    return { error };
  }
}

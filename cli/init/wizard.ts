import * as path from "node:path";
import type { z } from "zod";
import type { Environment } from "../../components/platforms/environment.ts";
import { shapeOf } from "../../stacks/deploy.ts";
import { platforms } from "../../stacks/platforms.ts";
import { targets } from "../../stacks/targets.ts";
import { Mendable } from "../mendable.ts";
import type { Offers } from "../targets/target.ts";
import { ask } from "./interview.ts";
import { known } from "./known.ts";
import type { Questioner } from "./questioner.ts";
import { objections } from "./reading.ts";
import type { Settings } from "./stack-file.ts";

/** What is answered on the command line already. */
export interface Answered {
  readonly stack?: string;
  readonly platform?: string;
  readonly target?: string;
  readonly environment?: string;
  readonly host?: string;
}

/** A stack as it was answered. */
export interface Described {
  readonly name: string;
  readonly settings: Settings;
  /** What the program takes for such a stack. */
  readonly shape: z.ZodRawShape;
}

/** What the questions depend on. */
export interface Surroundings {
  readonly questioner: Questioner;
  /** What is found on this machine for a kind of target. */
  readonly offersFor: (target: string) => Promise<Offers>;
}

/**
 * Asks for everything that makes a stack.
 *
 * @throws Cancelled when a question was not answered
 * @throws Mendable when what was answered beforehand can't be
 */
export async function askForStack(
  answered: Answered,
  { questioner, offersFor }: Surroundings,
): Promise<Described> {
  const platform = known(platforms, "platform", answered.platform ?? (await choose("platform", platforms)));
  const target = known(targets, "target", answered.target ?? (await choose("target", targets)));
  const shape: Record<string, z.ZodType> = shapeOf(platform, target);
  const interview = { questioner, offers: prefixed(target, await offersFor(target)) };
  const settings: Record<string, unknown> = { platform, target };
  for (const key of ["host", "environment"] as const)
    settings[key] = taken(shape, key, answered[key]) ?? (await ask(shape[key]!, [key], interview));
  const name = answered.stack ?? (await askName(suggestedName(settings), questioner));
  // Groups of other platforms and targets take nothing, so that nothing is asked for them.
  for (const key of [target, platform, ...Object.keys(shape)])
    if (!Object.hasOwn(settings, key)) settings[key] = await ask(shape[key]!, [key], interview);
  return { name: checkedName(name), settings, shape };

  async function choose(key: string, table: Readonly<Record<string, unknown>>): Promise<string> {
    const choices = Object.keys(table).map((value) => ({ value }));
    return questioner.choose({ message: QUESTIONS[key]!, name: `keelson:${key}`, choices });
  }
}

const QUESTIONS: Readonly<Record<string, string>> = {
  platform: "Which platform?",
  target: "Where does it run?",
};

/**
 * A stack of what is answered beforehand alone; everything else keeps its default.
 *
 * @throws Mendable when platform or target is missing, or something can't be
 */
export function stackWithoutQuestions(answered: Answered): Described {
  const platform = known(platforms, "platform", required("platform", answered.platform));
  const target = known(targets, "target", required("target", answered.target));
  const shape: Record<string, z.ZodType> = shapeOf(platform, target);
  const settings: Record<string, unknown> = { platform, target };
  for (const key of ["host", "environment"] as const) {
    const value = taken(shape, key, answered[key]);
    if (value !== undefined) settings[key] = value;
  }
  return { name: checkedName(answered.stack ?? suggestedName(settings)), settings, shape };
}

function required(key: string, name: string | undefined): string {
  if (name !== undefined) return name;
  throw new Mendable(`without questions the ${key} must be given`, `add --${key} NAME`);
}

function taken(shape: Record<string, z.ZodType>, key: string, value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  const found = objections(shape[key]!, value, `keelson:${key}`);
  if (found.length > 0) throw new Mendable(`--${key} is "${value}"; ${found.join("; ")}`, "give another one");
  return value;
}

/** The environment is told where it is not the usual one. */
function suggestedName({ platform, target, environment = USUAL_ENVIRONMENT }: Settings): string {
  const parts = [platform, target, ...(environment === USUAL_ENVIRONMENT ? [] : [environment])];
  return parts.map(String).join("-");
}

const USUAL_ENVIRONMENT: Environment = "production";

const NAME = /^[A-Za-z0-9_.-]{1,100}$/;
const NAME_RULE = "letters, digits, dashes, underscores and dots, 100 at most";

async function askName(fallback: string, questioner: Questioner): Promise<string> {
  return questioner.text({
    message: "Name of the stack",
    fallback,
    objection: (name) => (NAME.test(name) ? undefined : `takes ${NAME_RULE}`),
  });
}

function checkedName(name: string): string {
  // A stack may be named with its organisation and project in front.
  if (NAME.test(path.posix.basename(name))) return name;
  throw new Mendable(`"${name}" is no name for a stack`, `take ${NAME_RULE}`);
}

function prefixed(target: string, offers: Offers): Offers {
  return Object.fromEntries(Object.entries(offers).map(([name, offer]) => [`${target}.${name}`, offer]));
}

import { lookup } from "node:dns/promises";
import { readFile } from "node:fs/promises";
import * as path from "node:path";
import { execa } from "execa";
import { parse } from "yaml";
import { shapeOf } from "../../stacks/deploy.ts";
import { platforms } from "../../stacks/platforms.ts";
import { targets } from "../../stacks/targets.ts";
import type { Stack } from "../stack.ts";
import type { Facts, State } from "./checklist.ts";
import { known } from "./known.ts";

const PREFIX = "keelson:";
const LOCAL = "localhost";

/**
 * What the checklist of a stack is made from.
 *
 * @throws Mendable when its platform or target is none
 */
export async function factsOf(stack: Stack, state: State): Promise<Facts> {
  const settings = await settingsOf(stack.file);
  const host = typeof settings["host"] === "string" ? settings["host"] : LOCAL;
  const platform = known(platforms, "platform", textAt(settings, "platform"));
  const target = known(targets, "target", textAt(settings, "target"));
  const { applications, folders } = platforms[platform];
  return {
    stack: stack.name,
    file: path.relative(process.cwd(), stack.file),
    platform,
    target,
    host,
    settings,
    shape: shapeOf(platform, target),
    applications,
    folders,
    hostIsKnown: await isKnown(host),
    isCommitted: await isCommitted(stack.file),
    state,
  };
}

async function settingsOf(file: string): Promise<Facts["settings"]> {
  const { config } = parse(await readFile(file, "utf8")) as { config?: Readonly<Record<string, unknown>> };
  const own = Object.entries(config ?? {}).filter(([key]) => key.startsWith(PREFIX));
  return Object.fromEntries(own.map(([key, value]) => [key.slice(PREFIX.length), value]));
}

const textAt = (settings: Facts["settings"], key: string) =>
  typeof settings[key] === "string" ? settings[key] : "";

async function isKnown(host: string): Promise<boolean> {
  return lookup(host).then(
    () => true,
    () => false,
  );
}

/** Whether git has a file just as it is. Where there is no git, it has not. */
async function isCommitted(file: string): Promise<boolean> {
  const git = (args: readonly string[]) =>
    execa("git", [...args, "--", file], { cwd: path.dirname(file), reject: false });
  const tracked = await git(["ls-files", "--error-unmatch"]);
  return !tracked.failed && !(await git(["diff", "--quiet", "HEAD"])).failed;
}

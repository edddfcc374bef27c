import { mkdir, writeFile } from "node:fs/promises";
import * as path from "node:path";
import { formats } from "../graph/formats.ts";
import { judge } from "../report/findings.ts";
import { readKept } from "../report/kept.ts";
import { page } from "../report/page.ts";
import { isUnknown, type Unknown, unknownBecause } from "../report/unknown.ts";
import { openSession, type Session } from "../session.ts";
import { openStack } from "../stack.ts";
import { progress } from "../terminal.ts";
import { topologyOf } from "../topology/topology-of.ts";
import { checkStack } from "./verify.ts";

/** How a report is written. */
export interface ReportCommandOptions {
  /**
   * File to write to; what changed is told against the report that is there.
   *
   * @defaultValue `reports/STACK.html`
   */
  readonly out?: string;
  /**
   * Whether the stack that runs is checked as well.
   *
   * @defaultValue false
   */
  readonly verify?: boolean;
}

/** Writes what a stack is as one page, with what the policies say of it. Nothing has to be up. */
export async function report(
  name: string,
  { out = path.join("reports", `${name}.html`), verify = false }: ReportCommandOptions,
): Promise<number> {
  const opened = await openStack(name);
  const before = await readKept(out, name);
  const stack = await topologyOf(opened);
  const picture = await formats.svg.draw(stack);
  const session = await known("engine", () => openSession(name, progress));
  const judgement = await inSession(session, "policies", judge);
  const state = verify ? await inSession(session, "state", (found) => checkStack(found)) : notAsked(name);
  await mkdir(path.dirname(out), { recursive: true });
  await writeFile(out, page({ stack, picture, judgement, state, written: new Date(), before }));
  console.log(`wrote ${out}`);
  return 0;
}

/** What somebody without an engine, a host or a cluster lacks is said in the report: the rest of it stands. */
async function known<Found>(what: string, find: () => Promise<Found>): Promise<Found | Unknown> {
  try {
    return await find();
  } catch (error) {
    const unknown = unknownBecause(error);
    progress(`${what}: not known: ${unknown.why}`);
    return unknown;
  }
}

async function inSession<Found>(
  session: Session | Unknown,
  what: string,
  find: (session: Session) => Promise<Found>,
): Promise<Found | Unknown> {
  return isUnknown(session) ? session : known(what, () => find(session));
}

function notAsked(name: string): Unknown {
  return { why: "it was not asked for", remedy: `npx keelson report ${name} --verify` };
}

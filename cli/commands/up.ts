import { showTrouble } from "../logs.ts";
import { openSession, type Session, withImages } from "../session.ts";
import { isInteractive, progress } from "../terminal.ts";

/** Brings a stack up, as `pulumi up` does. Without a terminal to ask on, it is done at once. */
export async function up(
  name: string,
  flags: readonly string[],
  { yes }: { readonly yes?: boolean },
): Promise<number> {
  const { session } = await withImages(await openSession(name, progress), progress);
  return runUp(session, [...(yes || !isInteractive() ? ["--yes"] : []), ...flags]);
}

/** Runs `pulumi up`; when it fails, the logs of what is not as it should be are shown. */
export async function runUp(session: Session, flags: readonly string[]): Promise<number> {
  const status = await session.engine.run(["up", ...flags]);
  if (status !== 0) await showTrouble(session);
  return status;
}

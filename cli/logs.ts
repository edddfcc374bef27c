import type { Session } from "./session.ts";
import { faint, sign, strong } from "./terminal.ts";

const LINES = 20;

/** Shows the end of the log of whatever is not as it should be in a stack: the engine only says that it waited in vain. */
export async function showTrouble({ engine, place }: Session): Promise<void> {
  const running = await place.running(engine);
  for (const { name, detail, endOfLog } of running.filter(({ ok }) => !ok)) {
    console.error(`\n${sign("bad")} ${strong(name)} is ${detail}; the end of its log:`);
    const log = await endOfLog(LINES);
    console.error(log ? log.replaceAll(/^/gm, faint("│ ")) : faint("│ it wrote nothing"));
  }
}

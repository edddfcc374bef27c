import { containersOf, endOfLog } from "./containers.ts";
import { recorded } from "./plan.ts";
import type { Session } from "./session.ts";
import { faint, sign, strong } from "./terminal.ts";

const LINES = 20;

/** Shows the end of the log of each container of a stack that is not as it should be: the engine only says that it waited in vain. */
export async function showFailedContainers({ engine, docker }: Session): Promise<void> {
  const { prefixes } = await recorded(engine);
  const containers = await Promise.all(prefixes.map((prefix) => containersOf(docker, prefix)));
  for (const { id, name, detail } of containers.flat().filter(({ ok }) => !ok)) {
    console.error(`\n${sign("bad")} ${strong(name)} is ${detail}; the end of its log:`);
    const log = await endOfLog(docker, id, LINES);
    console.error(log ? log.replaceAll(/^/gm, faint("│ ")) : faint("│ it wrote nothing"));
  }
}

import { mkdir } from "node:fs/promises";
import { keelsonHome } from "../../embedded/parts/index.ts";
import { atLeast } from "../../embedded/plugins/docker/daemon/version.ts";
import { bad, type Check, good } from "../checks.ts";
import { judgeSpace, spaceOf } from "./space.ts";

const OLDEST_NODE = "22.13";

/** Checks what this machine has to have, wherever a stack runs. */
export async function checkMachine(): Promise<Check[]> {
  const home = keelsonHome();
  await mkdir(home, { recursive: true });
  return [judgeNode(process.versions.node), judgeSpace("state and caches", await spaceOf(home))];
}

/** Judges the version of Node, as `24.1.0`. */
export function judgeNode(version: string): Check {
  if (atLeast(version, OLDEST_NODE)) return good("machine", "Node", version);
  return bad("machine", "Node", `${version}; needed is ${OLDEST_NODE} or newer`, "install Node 24");
}

import { statfs } from "node:fs/promises";
import { bad, type Check, good } from "../checks.ts";

/** Space of a file system. */
export interface Space {
  readonly freeGiB: number;
  readonly totalGiB: number;
}

/** Room for the engine's build and the images, with some to spare. */
const NEEDED_GIB = 10;

const GIB = 1024 ** 3;

/** Space of the file system that a folder lies in. */
export async function spaceOf(folder: string): Promise<Space> {
  const { bavail, blocks, bsize } = await statfs(folder);
  return { freeGiB: (bavail * bsize) / GIB, totalGiB: (blocks * bsize) / GIB };
}

/**
 * Judges whether there is room.
 *
 * @param hint What shows where the space has gone
 */
export function judgeSpace(what: string, { freeGiB }: Space, hint?: string): Check {
  const detail = `${Math.floor(freeGiB)} GiB free for ${what}`;
  if (freeGiB >= NEEDED_GIB) return good("machine", "free space", detail);
  const remedy = hint === undefined ? "make room" : `make room; ${hint}`;
  return bad("machine", "free space", `${detail}; needed are ${NEEDED_GIB}`, remedy);
}

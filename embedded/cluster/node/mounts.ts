import { readFile } from "node:fs/promises";
import { execa } from "execa";

/** A mounted file system. */
export interface Mount {
  readonly mountPoint: string;
  /** As `tmpfs`. */
  readonly type: string;
}

/** What is mounted, in the order in which it was. */
export async function mounts(): Promise<Mount[]> {
  return parseMounts(await readFile("/proc/self/mountinfo", "utf8"));
}

/** Reads /proc/self/mountinfo, whose lines proc_pid_mountinfo(5) describes. */
export function parseMounts(text: string): Mount[] {
  const lines = text.split("\n").filter((line) => line !== "");
  return lines.map((line) => {
    const [place = "", source = ""] = line.split(" - ");
    return { mountPoint: unescape(place.split(" ")[4]!), type: source.split(" ")[0]! };
  });
}

/**
 * Unmounts all that is mounted in folders, so that they can be removed without touching what is mounted there.
 *
 * @throws Error if something remains mounted
 */
export async function unmountIn(folders: readonly string[]): Promise<void> {
  const inside = async () =>
    (await mounts()).map(({ mountPoint }) => mountPoint).filter((mountPoint) => isIn(mountPoint, folders));
  // The last one first: it may be in another.
  for (const mountPoint of (await inside()).reverse()) {
    // At once for everybody else, and in the end once the last process that uses it has ended.
    await execa("umount", ["--lazy", mountPoint], { reject: false });
  }
  const remaining = await inside();
  if (remaining.length > 0) {
    throw new Error(
      `these are still mounted, and could not be unmounted: ${remaining.join(", ")}; unmount them with "umount"`,
    );
  }
}

function isIn(file: string, folders: readonly string[]): boolean {
  return folders.some((folder) => file === folder || file.startsWith(`${folder}/`));
}

/** Blanks and the like are written as octal numbers there. */
function unescape(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
}

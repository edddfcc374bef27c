import { readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

const heartbeatMilliseconds = 2_000;
/** A holder that was not heard of for so long is gone, even if its process id was given to another process since. */
const silenceMilliseconds = 30_000;

/**
 * Runs `work` while no other process that asks for the same lock runs its own. The lock is a file that names its holder; a holder that died is
 * no obstacle.
 *
 * @param waiting is called once if the lock is held by another process, with that process's id
 * @param signal ends the wait for the lock; the work itself is the caller's to end
 */
export async function withLock<Result>(
  file: string,
  work: () => Promise<Result>,
  waiting: (holder: number) => void,
  signal?: AbortSignal,
): Promise<Result> {
  await acquire(file, waiting, signal);
  const heartbeat = setInterval(() => touch(file), heartbeatMilliseconds);
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    rmSync(file, { force: true });
  }
}

async function acquire(file: string, waiting: (holder: number) => void, signal?: AbortSignal): Promise<void> {
  for (let told = false; !take(file);) {
    const holder = holderOf(file);
    if (holder === undefined) continue;
    if (!isAlive(holder, file)) {
      remove(file, holder);
      continue;
    }
    if (!told) waiting(holder);
    told = true;
    await sleep(200, undefined, { signal });
  }
}

function touch(file: string): void {
  try {
    utimesSync(file, new Date(), new Date());
  } catch (error) {
    // Somebody cleaned up behind our back: the work goes on.
    if (!hasCode(error, "ENOENT")) throw error;
  }
}

function take(file: string): boolean {
  try {
    writeFileSync(file, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (hasCode(error, "EEXIST")) return false;
    throw error;
  }
}

function holderOf(file: string): number | undefined {
  try {
    return Number(readFileSync(file, "utf8"));
  } catch (error) {
    if (hasCode(error, "ENOENT")) return undefined;
    throw error;
  }
}

function isAlive(holder: number, file: string): boolean {
  const touched = statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
  if (Date.now() - touched > silenceMilliseconds) return false;
  // The file is empty for a moment while its holder writes it.
  if (holder === 0) return true;
  try {
    process.kill(holder, 0);
    return true;
  } catch (error) {
    return hasCode(error, "EPERM");
  }
}

/** Removes a dead holder's lock; of several processes that notice its death, one does. */
function remove(file: string, holder: number): void {
  const aside = `${file}.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if (hasCode(error, "ENOENT")) return;
    throw error;
  }
  // Another process was faster, and took the lock already: give it back.
  if (holderOf(aside) === holder) rmSync(aside);
  else renameSync(aside, file);
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}

import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rmdir } from "node:fs/promises";
import * as path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { mounts } from "./mounts.ts";

/** The control group that all pods are in, in each hierarchy. */
export const cgroup = "keelson";

/** Makes the control group that kubelet puts pods into. */
export async function makeCgroups(): Promise<void> {
  for (const folder of await ownFolders()) await mkdir(folder, { recursive: true });
}

/** Kills every process of every pod, and removes their control groups. */
export async function endCgroups(): Promise<void> {
  const folders = (await ownFolders()).filter((folder) => existsSync(folder));
  // A process that is killed while it starts another leaves that one: look again, until there is none.
  for (
    let processes = await processesOf(folders);
    processes.length > 0;
    processes = await processesOf(folders)
  ) {
    for (const id of processes) kill(id);
    await sleep(50);
  }
  for (const folder of folders) await remove(folder);
}

/** One hierarchy of version 2, one for each controller of version 1. */
async function ownFolders(): Promise<string[]> {
  const hierarchies = (await mounts()).filter(({ type }) => type === "cgroup" || type === "cgroup2");
  return hierarchies.map(({ mountPoint }) => path.join(mountPoint, cgroup));
}

async function processesOf(folders: readonly string[]): Promise<number[]> {
  const lists = await Promise.all(
    (await withChildren(folders)).map((folder) => readFile(path.join(folder, "cgroup.procs"), "utf8")),
  );
  // Zero stands for a process of another PID namespace, which is not ours to see.
  return [...new Set(lists.flatMap((list) => list.split("\n").map(Number)))].filter((id) => id > 0);
}

/** Folders with all below them, the deepest last. */
async function withChildren(folders: readonly string[]): Promise<string[]> {
  const below = await Promise.all(
    folders.map(async (folder) => {
      const entries = await readdir(folder, { withFileTypes: true });
      const children = entries.filter((entry) => entry.isDirectory());
      return withChildren(children.map(({ name }) => path.join(folder, name)));
    }),
  );
  return [...folders, ...below.flat()];
}

function kill(id: number): void {
  try {
    process.kill(id, "SIGKILL");
  } catch (error) {
    if (!hasCode(error, "ESRCH")) throw error;
  }
}

async function remove(folder: string): Promise<void> {
  const folders = await withChildren([folder]);
  for (const child of folders.reverse()) await removeOnceEmpty(child);
}

/** The kernel takes a moment until a killed process has left its group. */
async function removeOnceEmpty(folder: string): Promise<void> {
  for (let attempts = 100; ; attempts -= 1) {
    try {
      return await rmdir(folder);
    } catch (error) {
      if (hasCode(error, "ENOENT")) return;
      if (!hasCode(error, "EBUSY") || attempts === 0) throw error;
      await sleep(50);
    }
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}

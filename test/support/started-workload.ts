import { randomUUID } from "node:crypto";
import { type Setting, textOf } from "../../components/model/reference.ts";
import { FILES, type JobWorkload, type Workload } from "../../components/model/workload.ts";
import type { Containers, Started } from "./containers.ts";
import { volumeOf } from "./embedded-images.ts";
import { hardened } from "./hardened.ts";
import { settled } from "./outputs.ts";

/** Starts a workload in a container as the Docker target does, without rights, with its limit of memory, its files, its volumes and its scratch folders; one port can be reached. */
export async function startWorkload(
  containers: Containers,
  name: string,
  workload: Workload,
  port: string,
): Promise<Started> {
  const { image, command, env = {}, files = {}, volumes = {}, scratch = [], user } = workload;
  const { stopSeconds = 30, resources } = workload;
  const memory = resources.memoryLimitMiB * 1024 * 1024;
  const variables = await texts(env);
  const binds = Object.entries(volumes).map(
    async ([volume, { path }]) => `${await volumeOf(containers, `${name}-${volume}`, user.uid)}:${path}`,
  );
  const given = await volumeOf(containers, `${name}-files`, user.uid, await texts(files));
  return containers.start(name, {
    Image: image,
    Entrypoint: [...command],
    Env: variablesOf(variables),
    User: `${user.uid}:${user.gid}`,
    StopTimeout: stopSeconds,
    port: workload.ports![port]!.number,
    HostConfig: hardened({
      Memory: memory,
      MemorySwap: memory,
      Tmpfs: Object.fromEntries(scratch.map((path) => [path, `uid=${user.uid},gid=${user.gid},mode=0700`])),
      Binds: [`${given}:${FILES}:ro`, ...(await Promise.all(binds))],
    }),
  });
}

/** The texts of settings, by name. */
export async function texts(settings: Readonly<Record<string, Setting>>): Promise<Record<string, string>> {
  const values = Object.entries(settings).map(async ([name, setting]) => {
    const { value } = await settled(textOf(setting));
    return [name, value] as const;
  });
  return Object.fromEntries(await Promise.all(values));
}

/**
 * Runs a job to its end as the Docker target does, without rights and with its files.
 *
 * @param folders Volumes that stand for the folders that it knows by these names
 */
export async function runJob(
  containers: Containers,
  { image, command, env = {}, files = {}, folders = {}, user }: JobWorkload,
  known: Readonly<Record<string, string>> = {},
): Promise<{ readonly status: number; readonly log: string }> {
  const name = `job-${randomUUID()}`;
  const given = await volumeOf(containers, `${name}-files`, user.uid, await texts(files));
  const folderBinds = Object.entries(folders).map(([folder, path]) => `${known[folder]}:${path}:ro`);
  const job = await containers.start(name, {
    Image: image,
    Entrypoint: [...command],
    Env: variablesOf(await texts(env)),
    User: `${user.uid}:${user.gid}`,
    HostConfig: hardened({ Binds: [`${given}:${FILES}:ro`, ...folderBinds] }),
  });
  return { status: await job.ended(), log: await job.log() };
}

/** Variables as lines `NAME=value`, with the value in quotes where they are for a shell. */
export function variablesOf(variables: Readonly<Record<string, string>>, quote: "" | "'" = ""): string[] {
  return Object.entries(variables).map(([variable, value]) => `${variable}=${quote}${value}${quote}`);
}

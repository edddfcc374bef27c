import { type Setting, textOf } from "../../components/model/reference.ts";
import { FILES, type Workload } from "../../components/model/workload.ts";
import type { Containers, Started } from "./containers.ts";
import { volumeOf } from "./embedded-images.ts";
import { hardened } from "./hardened.ts";
import { settled } from "./outputs.ts";

/** Starts a workload in a container as the Docker target does, without rights, with its files and its volumes; one port can be reached. */
export async function startWorkload(
  containers: Containers,
  name: string,
  workload: Workload,
  port: string,
): Promise<Started> {
  const { image, command, env = {}, files = {}, volumes = {}, user, stopSeconds = 30 } = workload;
  const variables = await texts(env);
  const binds = Object.entries(volumes).map(
    async ([volume, { path }]) => `${await volumeOf(containers, `${name}-${volume}`, user.uid)}:${path}`,
  );
  const given = await volumeOf(containers, `${name}-files`, user.uid, await texts(files));
  return containers.start(name, {
    Image: image,
    Entrypoint: [...command],
    Env: Object.entries(variables).map(([variable, value]) => `${variable}=${value}`),
    User: `${user.uid}:${user.gid}`,
    StopTimeout: stopSeconds,
    port: workload.ports![port]!.number,
    HostConfig: hardened({ Binds: [`${given}:${FILES}:ro`, ...(await Promise.all(binds))] }),
  });
}

async function texts(settings: Readonly<Record<string, Setting>>): Promise<Record<string, string>> {
  const values = Object.entries(settings).map(async ([name, setting]) => {
    const { value } = await settled<string>(textOf(setting));
    return [name, value] as const;
  });
  return Object.fromEntries(await Promise.all(values));
}

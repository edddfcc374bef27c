import { isHidden, type Setting, textOf } from "../../components/model/reference.ts";
import { FILES, type Workload } from "../../components/model/workload.ts";
import type { Containers, Started } from "./containers.ts";
import { volumeOf } from "./embedded-images.ts";
import { hardened } from "./hardened.ts";
import { settled } from "./outputs.ts";

/** What a container has beside its workload. */
export interface Beside {
  /** Port to be reached from the host. @defaultValue none */
  readonly port?: number;
  /** Volumes, as the engine's API binds them. @defaultValue none */
  readonly binds?: readonly string[];
}

/** Starts a workload in a container as the Docker target does: without rights, its secret variables from a file. */
export async function startHidden(
  containers: Containers,
  name: string,
  { image, command, env = {}, files = {}, user, stopSeconds = 30 }: Workload,
  { port, binds = [] }: Beside = {},
): Promise<Started> {
  const settings = Object.entries(env);
  const lines = await Promise.all(
    settings
      .filter(([, setting]) => isHidden(setting))
      .map(async ([variable, setting]) => `${variable}='${await textIn(setting)}'`),
  );
  const shown = await Promise.all(
    settings
      .filter(([, setting]) => !isHidden(setting))
      .map(async ([variable, setting]) => `${variable}=${await textIn(setting)}`),
  );
  const contents = await Promise.all(
    Object.entries(files).map(async ([file, setting]) => [file, await textIn(setting)] as const),
  );
  const given = await volumeOf(containers, `${name}-files`, user.uid, {
    ...Object.fromEntries(contents),
    variables: `${lines.join("\n")}\n`,
  });
  return containers.start(name, {
    Image: image,
    Entrypoint: ["sh", "-c", `set -a; . ${FILES}/variables; set +a; exec "$@"`, "--", ...command],
    Env: shown,
    User: `${user.uid}:${user.gid}`,
    StopTimeout: stopSeconds,
    ...(port !== undefined && { port }),
    HostConfig: hardened({ Binds: [`${given}:${FILES}:ro`, ...binds] }),
  });
}

async function textIn(setting: Setting): Promise<string> {
  return (await settled(textOf(setting))).value;
}

import { isHidden, type Setting } from "../../components/model/reference.ts";
import { FILES, type Workload } from "../../components/model/workload.ts";
import type { Containers, Started } from "./containers.ts";
import { volumeOf } from "./embedded-images.ts";
import { hardened } from "./hardened.ts";
import { texts, variablesOf } from "./started-workload.ts";

/** What a container has beside its workload. */
export interface Beside {
  /** Port to be reached from the host. @defaultValue none */
  readonly port?: number;
  /** Volumes, as the engine's API binds them. @defaultValue none */
  readonly binds?: readonly string[];
}

/** Starts a workload in a container as the Docker target does: without rights, its secret variables from a file. It needs a shell. */
export async function startHidden(
  containers: Containers,
  name: string,
  { image, command, env = {}, files = {}, user, stopSeconds = 30 }: Workload,
  { port, binds = [] }: Beside = {},
): Promise<Started> {
  const secrets = variablesOf(await texts(chosen(env, true)), "'");
  const given = await volumeOf(containers, `${name}-files`, user.uid, {
    ...(await texts(files)),
    variables: secrets.map((line) => `${line}\n`).join(""),
  });
  return containers.start(name, {
    Image: image,
    Entrypoint: ["sh", "-c", `set -a; . ${FILES}/variables; set +a; exec "$@"`, "--", ...command],
    Env: variablesOf(await texts(chosen(env, false))),
    User: `${user.uid}:${user.gid}`,
    StopTimeout: stopSeconds,
    ...(port !== undefined && { port }),
    HostConfig: hardened({ Binds: [`${given}:${FILES}:ro`, ...binds] }),
  });
}

/** The settings that are hidden, or those that are not. */
function chosen(settings: Readonly<Record<string, Setting>>, hidden: boolean) {
  return Object.fromEntries(Object.entries(settings).filter(([, setting]) => isHidden(setting) === hidden));
}

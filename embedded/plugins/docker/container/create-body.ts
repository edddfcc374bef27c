import type { ContainerCreateOptions } from "dockerode";
import { hostConfig } from "./host-config.ts";
import { healthcheck } from "./healthcheck.ts";
import { exposedPorts } from "./ports.ts";
import { volumePaths } from "./volumes.ts";
import { given, labelMap } from "../given.ts";
import type { ContainerInputs } from "./types.ts";

/**
 * What the Engine API's `POST /containers/create` is sent for a container's inputs. As in the official plugin an empty
 * string, a zero and an empty list count as not given: the image's or the daemon's own value then holds.
 */
export function createBody(inputs: ContainerInputs): ContainerCreateOptions {
  refuseEmptyArguments(inputs.command);
  return given({
    name: inputs.name,
    platform: inputs.platform,
    Image: inputs.image,
    Hostname: inputs.hostname,
    Domainname: inputs.domainname,
    User: inputs.user,
    Tty: inputs.tty,
    OpenStdin: inputs.stdinOpen,
    Env: inputs.envs,
    Cmd: inputs.command,
    Entrypoint: inputs.entrypoints,
    WorkingDir: inputs.workingDir,
    StopSignal: inputs.stopSignal,
    StopTimeout: inputs.stopTimeout,
    Labels: labelMap(inputs.labels),
    Healthcheck: healthcheck(inputs.healthcheck),
    ExposedPorts: exposedPorts(inputs.ports),
    Volumes: volumePaths(inputs.volumes),
    HostConfig: hostConfig(inputs),
  });
}

function refuseEmptyArguments(command: readonly string[] = []): void {
  if (command.includes("")) throw new Error("values for command may not be empty");
}

import type Docker from "dockerode";
import { DockerHost } from "../embedded/plugins/docker/daemon/daemon.ts";
import { Mendable, messageOf } from "./mendable.ts";

/**
 * Connects to a Docker engine as the `docker` plugin does.
 *
 * @param host Address of the engine, as `ssh://user@host`; without one it is `DOCKER_HOST`'s, or this machine's
 * @throws Mendable when none answers
 */
export async function connectDocker(host: string | undefined): Promise<Docker> {
  try {
    const { engine } = await new DockerHost(host === undefined ? {} : { host }).connect();
    return engine;
  } catch (error) {
    throw new Mendable(`Docker does not answer: ${messageOf(error)}`, remedy(host, messageOf(error)), {
      cause: error,
    });
  }
}

function remedy(host: string | undefined, message: string): string {
  if (host) return `see what "docker --host ${host} version" says, and mend that`;
  if (message.includes("EACCES")) {
    return 'add yourself to the group "docker", and log in again: sudo usermod -aG docker "$USER"';
  }
  return "start it (sudo systemctl start docker), or run: npm start";
}

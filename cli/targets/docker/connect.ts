import type Docker from "dockerode";
import { DockerHost } from "../../../embedded/plugins/docker/daemon/daemon.ts";
import { Mendable, messageOf } from "../../mendable.ts";

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
    // The plugin's message begins with what the official one says, whatever went wrong.
    const reason = messageOf(error).split(" endpoint. Error: ").at(-1)!;
    throw new Mendable(`Docker does not answer: ${reason}`, remedy(host, reason), { cause: error });
  }
}

function remedy(host: string | undefined, reason: string): string {
  if (host) return `see what "docker --host ${host} version" says, and mend that`;
  const chosen = process.env["DOCKER_HOST"];
  if (chosen) return `DOCKER_HOST is ${chosen}: mend that host, or unset it to use this machine's Docker`;
  if (reason.includes("EACCES")) {
    return 'add yourself to the group "docker", and log in again: sudo usermod -aG docker "$USER"';
  }
  return "start it (sudo systemctl start docker), or run: npm start";
}

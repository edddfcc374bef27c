import Docker from "dockerode";
import { execa } from "execa";
import { LiveStack, projectFolder } from "./live-stack.ts";

/** A container as `docker inspect` shows it, as far as tests look. */
export type Inspected = Docker.ContainerInspectInfo;

/** A stack on the Docker host of this machine, with ports of its own; its name is the prefix of everything there. */
export class DockerStack extends LiveStack {
  readonly docker = new Docker();

  /** Prepares a stack, after removing what an earlier run of it may have left. */
  static async open(name: string, settings: Record<string, unknown>): Promise<DockerStack> {
    const stack = new DockerStack(name, await projectFolder(name), settings);
    await stack.prepare();
    return stack;
  }

  /** Every container of the stack, whatever its state. */
  async containers(): Promise<Inspected[]> {
    const listed = await this.docker.listContainers({ all: true, filters: this.#filter });
    return Promise.all(listed.map(({ Id }) => this.docker.getContainer(Id).inspect()));
  }

  /** The running container of a service. */
  async service(name: string): Promise<Inspected> {
    const all = await this.containers();
    const found = all.find(({ Config, State }) => Config.Labels["keelson.service"] === name && State.Running);
    if (!found) throw new Error(`no container of "${name}" is running`);
    return found;
  }

  /** Runs a command in the container of a service; gives the exit status. */
  async run(service: string, ...command: readonly string[]): Promise<number> {
    const { Id } = await this.service(service);
    const { exitCode } = await execa("docker", ["exec", Id, ...command], { reject: false });
    return exitCode ?? 1;
  }

  /** Names of the stack's volumes. */
  async volumes(): Promise<string[]> {
    const { Volumes } = await this.docker.listVolumes({ filters: JSON.stringify(this.#filter) });
    return Volumes.map(({ Name }) => Name).toSorted();
  }

  /** Names of the stack's networks. */
  async networks(): Promise<string[]> {
    return (await this.docker.listNetworks({ filters: JSON.stringify(this.#filter) })).map(
      ({ Name }) => Name,
    );
  }

  async clear(): Promise<void> {
    const containers = await this.docker.listContainers({ all: true, filters: this.#filter });
    await Promise.all(
      containers.map(({ Id }) => this.docker.getContainer(Id).remove({ force: true, v: true })),
    );
    for (const name of await this.volumes()) await this.docker.getVolume(name).remove();
    const networks = await this.docker.listNetworks({ filters: JSON.stringify(this.#filter) });
    await Promise.all(networks.map(({ Id }) => this.docker.getNetwork(Id).remove()));
  }

  get #filter() {
    return { label: [`keelson.stack=${this.name}`] };
  }
}

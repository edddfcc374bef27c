import Docker from "dockerode";
import { execa } from "execa";
import { LiveStack, projectFolder } from "./live-stack.ts";

/** A container as `docker inspect` shows it, as far as tests look. */
export type Inspected = Docker.ContainerInspectInfo;

/** The target's own tools, which are in every container. */
const BUSYBOX = "/run/keelson-tools/busybox";

/** Name of the service that a container belongs to. */
export function serviceOf({ Config }: Pick<Inspected, "Config">): string {
  return Config.Labels["keelson.service"]!;
}

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
    return (await this.output(service, ...command)).exitCode;
  }

  /** Runs a script in the container of a service, whatever its image has; gives the exit status. */
  async shell(service: string, script: string): Promise<number> {
    return this.run(service, BUSYBOX, "sh", "-c", script);
  }

  /** Runs a command in the container of a service; gives all that it printed, too. */
  async output(
    service: string,
    ...command: readonly string[]
  ): Promise<{ readonly exitCode: number; readonly output: string }> {
    const { Id } = await this.service(service);
    const { exitCode = 1, all } = await execa("docker", ["exec", Id, ...command], {
      reject: false,
      all: true,
    });
    return { exitCode, output: all };
  }

  /** Whether a connection from the container of a service to a port is accepted, within two seconds. */
  async reaches(service: string, host: string, port: number): Promise<boolean> {
    const command = [BUSYBOX, "nc", "-w", "2", host, `${port}`, "-e", BUSYBOX, "true"];
    return (await this.run(service, ...command)) === 0;
  }

  /** The containers that run a service's or a job's own program, by name: not those that ready files and volumes for them. */
  async idsByService(): Promise<Readonly<Record<string, string>>> {
    const own = (await this.containers()).filter(({ Config }) => !Config.Labels["keelson.root"]);
    return Object.fromEntries(own.map((container) => [serviceOf(container), container.Id]));
  }

  /** Services and jobs whose containers are others than before a change. */
  async replacedBy(change: () => Promise<unknown>): Promise<string[]> {
    const before = await this.idsByService();
    await change();
    const after = await this.idsByService();
    return Object.keys(after)
      .filter((name) => before[name] !== after[name])
      .toSorted();
  }

  async places(): Promise<Readonly<Record<string, string>>> {
    const containers = await this.containers();
    const networks = await Promise.all(
      (await this.networks()).map((name) => this.docker.getNetwork(name).inspect()),
    );
    const volumes = await Promise.all(
      (await this.volumes()).map((name) => this.docker.getVolume(name).inspect()),
    );
    const logs = await Promise.all(
      containers.map(({ Id }) => this.docker.getContainer(Id).logs({ stdout: true, stderr: true })),
    );
    return {
      containers: JSON.stringify(containers),
      networks: JSON.stringify(networks),
      volumes: JSON.stringify(volumes),
      logs: logs.join(""),
    };
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

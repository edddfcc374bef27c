import Docker from "dockerode";

/** Containers, networks and volumes of one test, told apart from others by a prefix and removed together. */
export class Containers {
  readonly docker = new Docker();
  readonly #prefix: string;
  readonly #network: string;
  readonly #removals: (() => Promise<unknown>)[] = [];

  private constructor(prefix: string) {
    this.#prefix = prefix;
    this.#network = `${prefix}-network`;
  }

  /** Makes a network on which the containers know each other by name. */
  static async open(title: string): Promise<Containers> {
    const containers = new Containers(`keelson-test-${title}-${process.pid}`);
    const network = await containers.docker.createNetwork({
      Name: containers.#network,
      CheckDuplicate: true,
    });
    containers.#removals.push(() => network.remove());
    return containers;
  }

  /** Makes a volume; gives its name. */
  async volume(name: string): Promise<string> {
    const volume = await this.docker.createVolume({ Name: `${this.#prefix}-${name}` });
    this.#removals.push(() => this.docker.getVolume(volume.name).remove());
    return volume.name;
  }

  /** Starts a container. A port that is given is published on a free one of the loopback address. */
  async start(name: string, { port, ...options }: StartOptions): Promise<Started> {
    const container = await this.docker.createContainer({
      ...options,
      name: `${this.#prefix}-${name}`,
      ...(port !== undefined && { ExposedPorts: { [`${port}/tcp`]: {} } }),
      HostConfig: {
        ...options.HostConfig,
        NetworkMode: this.#network,
        ...(port !== undefined && { PortBindings: { [`${port}/tcp`]: [{ HostIp: "127.0.0.1" }] } }),
      },
      NetworkingConfig: { EndpointsConfig: { [this.#network]: { Aliases: [name] } } },
    });
    this.#removals.push(() => container.remove({ force: true, v: true }));
    await container.start();
    return new Started(container, port);
  }

  /** Removes everything that was made, the newest first. */
  async close(): Promise<void> {
    for (const remove of this.#removals.toReversed()) await remove();
  }
}

/** How a container is started. */
export interface StartOptions extends Omit<Docker.ContainerCreateOptions, "name"> {
  readonly Image: string;
  /** Port to be reached from the host. @defaultValue none */
  readonly port?: number;
}

/** A container that was started. */
export class Started {
  readonly container: Docker.Container;
  readonly #port: number | undefined;

  constructor(container: Docker.Container, port: number | undefined) {
    this.container = container;
    this.#port = port;
  }

  /** Where its port is reached from the host, as `host:port`; another one after each start. */
  async address(): Promise<string> {
    const { NetworkSettings } = await this.container.inspect();
    const binding = NetworkSettings.Ports[`${this.#port}/tcp`]?.[0];
    if (!binding) throw new Error("the container is not running, or publishes no port");
    return `127.0.0.1:${binding.HostPort}`;
  }

  /** Runs a command in it; gives the exit status. */
  async run(command: readonly string[]): Promise<number | null> {
    const execution = await this.container.exec({
      Cmd: [...command],
      AttachStdout: true,
      AttachStderr: true,
    });
    const output = await execution.start({});
    output.resume();
    await new Promise((resolve) => output.once("end", resolve));
    return (await execution.inspect()).ExitCode;
  }

  /** Waits until it ends; gives the exit status. */
  async ended(): Promise<number> {
    const { StatusCode }: { StatusCode: number } = await this.container.wait();
    return StatusCode;
  }

  /** All that it wrote. */
  async log(): Promise<string> {
    const frames = await this.container.logs({ stdout: true, stderr: true });
    return frames.toString();
  }
}

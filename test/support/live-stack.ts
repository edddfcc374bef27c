import { mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import Docker from "dockerode";
import { execa } from "execa";
import { parse, stringify } from "yaml";
import { readFileSync } from "node:fs";

const REPOSITORY = fileURLToPath(new URL("../..", import.meta.url));

/** What a command printed, all of it, and how it ended. */
export interface Ended {
  readonly status: number;
  readonly output: string;
}

/** A container as `docker inspect` shows it, as far as tests look. */
export type Inspected = Docker.ContainerInspectInfo;

/**
 * A stack of this repository's program that a test brings up for real, with names, ports, state and settings of its
 * own. The name of the stack is also the prefix of everything on the host.
 */
export class LiveStack {
  readonly docker = new Docker();
  readonly name: string;
  readonly #folder: string;
  readonly #settings: Record<string, unknown>;

  private constructor(name: string, folder: string, settings: Record<string, unknown>) {
    this.name = name;
    this.#folder = folder;
    this.#settings = settings;
  }

  /** Prepares a stack, after removing what an earlier run of it may have left. */
  static async open(name: string, settings: Record<string, unknown>): Promise<LiveStack> {
    const folder = await mkdtemp(path.join(os.tmpdir(), `${name}-`));
    const project = parse(readFileSync(path.join(REPOSITORY, "Pulumi.yaml"), "utf8"));
    await writeFile(
      path.join(folder, "Pulumi.yaml"),
      stringify({ ...project, main: "program/stacks/index.ts", stackConfigDir: "." }),
    );
    await symlink(REPOSITORY, path.join(folder, "program"));
    const stack = new LiveStack(name, folder, settings);
    await stack.clear();
    await stack.set({});
    return stack;
  }

  /** Changes settings, by their full keys. */
  async set(changes: Record<string, unknown>): Promise<void> {
    Object.assign(this.#settings, changes);
    await writeFile(
      path.join(this.#folder, `Pulumi.${this.name}.yaml`),
      stringify({ config: this.#settings }),
    );
  }

  /** Runs `keelson COMMAND STACK`. */
  async keelson(command: string, ...flags: readonly string[]): Promise<Ended> {
    const { all, exitCode } = await execa(
      process.execPath,
      [path.join(REPOSITORY, "bin/keelson.mjs"), command, this.name, ...flags],
      {
        cwd: this.#folder,
        all: true,
        reject: false,
        stdin: "ignore",
        env: { PULUMI_BACKEND_URL: `file://${this.#folder}`, NO_COLOR: "1" },
      },
    );
    return { status: exitCode ?? 1, output: all };
  }

  /** What `keelson COMMAND STACK` printed, which must have gone well. */
  async done(command: string, ...flags: readonly string[]): Promise<string> {
    const { status, output } = await this.keelson(command, ...flags);
    if (status !== 0) throw new Error(`"keelson ${command}" ended with ${status}:\n${output}`);
    return output;
  }

  /** The state, with its secrets in clear or encrypted. */
  async state({ clear }: { readonly clear: boolean }): Promise<State> {
    return JSON.parse(
      await this.done("pulumi", "--", "stack", "export", ...(clear ? ["--show-secrets"] : [])),
    ) as State;
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

  /** Removes all that the stack has on the host, and its folder. */
  async close(): Promise<void> {
    await this.clear();
    await rm(this.#folder, { recursive: true, force: true });
  }

  /** Removes all that the stack has on the host, however it came there. */
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

/** Pulumi's state, as far as tests look. */
export interface State {
  readonly deployment: {
    readonly resources?: readonly {
      readonly type: string;
      readonly inputs?: object;
      readonly outputs?: object;
    }[];
  };
}

const SECRET_SIGNATURE = "4dabf18193072939515e22adb298388d";

/** Every secret text that a state with its secrets in clear marks as one. */
export function secretsIn(state: State): Set<string> {
  const found = new Set<string>();
  const collect = (value: unknown, secret: boolean): void => {
    if (typeof value === "string" && secret && value.length >= 12) found.add(value);
    if (typeof value !== "object" || value === null) return;
    if (SECRET_SIGNATURE in value && "plaintext" in value)
      return collect(JSON.parse(String(value.plaintext)), true);
    for (const inner of Object.values(value)) collect(inner, secret);
  };
  for (const { type, outputs } of state.deployment.resources ?? [])
    if (/^(random|tls):/.test(type)) collect(outputs, false);
  return found;
}

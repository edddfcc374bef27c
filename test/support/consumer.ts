import { copyFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import Docker from "dockerode";
import { execa } from "execa";
import { keelsonHome, obtainEngine } from "../../embedded/parts/index.ts";
import { writeFiles } from "./temporary-folder.ts";

/** The folder of this repository. */
export const repository = path.join(import.meta.dirname, "..", "..");

/** What a command printed, and how it ended. */
export interface Ended {
  readonly status: number;
  /** Standard output and error. */
  readonly output: string;
  readonly stdout: string;
}

/**
 * A project in a folder of its own that has keelson from npm, as anybody's: nothing in it leads to this repository. Its
 * caches and its state are its own, too; so is the state's passphrase.
 */
export class Consumer {
  readonly folder = mkdtempSync(path.join(tmpdir(), "keelson-consumer-"));
  readonly docker = new Docker();
  /** The package, as it would be published. */
  readonly tarball: string;
  readonly #environment: Record<string, string>;

  private constructor(tarball: string, home: string) {
    this.tarball = tarball;
    // The Node of this process, and no command of the repository's packages.
    const folders = (process.env["PATH"] ?? "")
      .split(path.delimiter)
      .filter((folder) => !folder.startsWith(repository));
    this.#environment = {
      KEELSON_HOME: home,
      NO_COLOR: "1",
      PATH: [path.dirname(process.execPath), ...folders].join(path.delimiter),
    };
  }

  /** Packs the package and installs it into a new project, with what its users need beside it. */
  static async install(home: string, packages: readonly string[]): Promise<Consumer> {
    await copyEngine(home);
    const packed = await execa("npm", ["pack", "--pack-destination", home], { cwd: repository });
    const name = packed.stdout.trim().split("\n").at(-1)!;
    const consumer = new Consumer(path.join(home, name), home);
    writeFiles(consumer.folder, { "package.json": '{ "private": true, "type": "module" }\n' });
    await consumer.done(
      "npm",
      "install",
      "--prefer-offline",
      "--no-audit",
      "--no-fund",
      ...packages,
      consumer.tarball,
    );
    return consumer;
  }

  /** The folder of the installed package. */
  get installed(): string {
    return path.join(this.folder, "node_modules", "keelson");
  }

  write(files: Readonly<Record<string, string>>): void {
    writeFiles(this.folder, files);
  }

  /** Runs a command in the project; those of its packages come first. */
  async run(command: string, ...args: readonly string[]): Promise<Ended> {
    const { all, exitCode, stdout } = await execa(command, args, {
      cwd: this.folder,
      env: this.#environment,
      preferLocal: true,
      localDir: this.folder,
      all: true,
      reject: false,
      stdin: "ignore",
    });
    return { status: exitCode ?? 1, output: all, stdout };
  }

  /** The standard output of a command, which must have gone well. */
  async done(command: string, ...args: readonly string[]): Promise<string> {
    const { status, output, stdout } = await this.run(command, ...args);
    if (status !== 0) throw new Error(`"${command} ${args.join(" ")}" ended with ${status}:\n${output}`);
    return stdout;
  }

  /** Names of the containers, networks and volumes that a stack has on this machine's Docker. */
  async leftOf(stack: string): Promise<string[]> {
    const { containers, networks, volumes } = await this.#everything(stack);
    return [
      ...containers.flatMap(({ Names }) => Names),
      ...networks.map(({ Name }) => Name),
      ...volumes.map(({ Name }) => Name),
    ];
  }

  /** Removes all that a stack has on this machine's Docker, however it came there. */
  async clear(stack: string): Promise<void> {
    const { containers, networks, volumes } = await this.#everything(stack);
    await Promise.all(
      containers.map(({ Id }) => this.docker.getContainer(Id).remove({ force: true, v: true })),
    );
    await Promise.all(networks.map(({ Id }) => this.docker.getNetwork(Id).remove()));
    await Promise.all(volumes.map(({ Name }) => this.docker.getVolume(Name).remove()));
  }

  async #everything(stack: string) {
    const filters = { label: [`keelson.stack=${stack}`] };
    const [containers, networks, { Volumes }] = await Promise.all([
      this.docker.listContainers({ all: true, filters }),
      this.docker.listNetworks({ filters }),
      this.docker.listVolumes({ filters }),
    ]);
    return { containers, networks, volumes: Volumes ?? [] };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Hands on the engine, and what was found out about official parts: to build and ask again would take minutes. */
async function copyEngine(home: string): Promise<void> {
  const { path: engine, used } = await obtainEngine();
  const ours = keelsonHome();
  if (used.kind === "embedded") {
    const copy = path.join(home, path.relative(ours, engine));
    mkdirSync(path.dirname(copy), { recursive: true });
    copyFileSync(engine, copy);
  }
  for (const folder of ["official", "images"].filter((name) => existsSync(path.join(ours, name)))) {
    for (const file of readdirSync(path.join(ours, folder)).filter((name) => /\.(refused|json)$/.test(name)))
      cpSync(path.join(ours, folder, file), path.join(home, folder, file));
  }
}

/** A port of this machine that nothing holds. */
export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

import { mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { parse, stringify } from "yaml";
import { readFileSync } from "node:fs";

const REPOSITORY = fileURLToPath(new URL("../..", import.meta.url));

/** What a command printed, all of it, and how it ended. */
export interface Ended {
  readonly status: number;
  readonly output: string;
}

/** A folder with this repository's program, and state of its own. */
export async function projectFolder(name: string): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), `${name}-`));
  const project = parse(readFileSync(path.join(REPOSITORY, "Pulumi.yaml"), "utf8"));
  await writeFile(
    path.join(folder, "Pulumi.yaml"),
    stringify({ ...project, main: "program/stacks/index.ts", stackConfigDir: "." }),
  );
  await symlink(REPOSITORY, path.join(folder, "program"));
  return folder;
}

/** A stack of this repository's program that a test brings up for real, with names, state and settings of its own. */
export abstract class LiveStack {
  readonly name: string;
  readonly #folder: string;
  readonly #settings: Record<string, unknown>;

  protected constructor(name: string, folder: string, settings: Record<string, unknown>) {
    this.name = name;
    this.#folder = folder;
    this.#settings = settings;
  }

  /** Removes all that the stack has on its target, however it came there. */
  abstract clear(): Promise<void>;

  /** Makes the stack ready for use, after removing what an earlier run of it may have left. */
  protected async prepare(): Promise<void> {
    await this.clear();
    await this.set({});
  }

  /** Changes settings, by their full keys. */
  async set(changes: Record<string, unknown>): Promise<void> {
    Object.assign(this.#settings, changes);
    await writeFile(
      path.join(this.#folder, `Pulumi.${this.name}.yaml`),
      stringify({ config: this.#settings }),
    );
  }

  /** Where the stack's settings and state are. */
  get folder(): string {
    return this.#folder;
  }

  /** Flags by which `verify` finds the stack. */
  readonly verifyFlags: readonly string[] = [];

  /** Variables that the command is run with, over those of the test. */
  protected get environment(): Readonly<Record<string, string>> {
    return { PULUMI_BACKEND_URL: `file://${this.#folder}`, NO_COLOR: "1" };
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
        env: this.environment,
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

  /** Removes all that the stack has on its target, and its folder. */
  async close(): Promise<void> {
    await this.clear();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

/** Pulumi's state, as far as tests look. */
export interface State {
  readonly deployment: {
    readonly resources?: readonly {
      readonly urn: string;
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

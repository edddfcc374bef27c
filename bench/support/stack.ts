import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { execa } from "execa";
import { z } from "zod";
import { connectDocker } from "../../cli/targets/docker/connect.ts";
import { mappingOf, variablesFor } from "../../cli/images.ts";
import { type ImageName, obtainImages } from "../../embedded/images/index.ts";
import { obtainParts } from "../../embedded/parts/index.ts";
import type { Report } from "./row.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** The engine, with a folder for projects and a state of its own. */
export interface Workshop {
  readonly folder: string;
  readonly engine: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** A command of the engine that runs; when it fails, its result says so. */
export type Command = ReturnType<typeof startCommand>;

/** A stack that is made for measuring. */
export interface Stack {
  /** Runs a command of the engine. @throws Error with the last that it printed when it fails, TimeLimitError when it takes too long */
  run(command: string, ...args: readonly string[]): Promise<string>;
  /** Runs a command of the engine whose output is read line by line; it does not throw when the command fails. */
  start(command: string, ...args: readonly string[]): Command;
  /** Its state, with secrets in clear. */
  state(): Promise<State>;
}

const resource = z.looseObject({
  urn: z.string(),
  type: z.string(),
  custom: z.boolean().default(false),
  id: z.string().optional(),
  inputs: z.record(z.string(), z.unknown()).default({}),
  parent: z.string().optional(),
  provider: z.string().optional(),
  dependencies: z.array(z.string()).default([]),
  protect: z.boolean().optional(),
  retainOnDelete: z.boolean().optional(),
});
const state = z.looseObject({ deployment: z.looseObject({ resources: z.array(resource) }) });

/** A resource in a state. */
export type StateResource = z.output<typeof resource>;
/** What the engine knows of a stack. */
export type State = z.output<typeof state>;

/** Most time that one command of the engine may take. */
const LIMIT_SECONDS = 15 * 60;

/** A command of the engine took longer than it may. */
export class TimeLimitError extends Error {}

/** Gets the engine and plugins; what is made with them is apart from all other stacks. */
export async function openWorkshop(report: Report): Promise<Workshop> {
  const folder = mkdtempSync(path.join(tmpdir(), "keelson-bench-"));
  mkdirSync(path.join(folder, "state"));
  const own = {
    PULUMI_BACKEND_URL: pathToFileURL(path.join(folder, "state")).href,
    PULUMI_CONFIG_PASSPHRASE: "bench",
  };
  const parts = await obtainParts({
    project: root,
    environment: { ...process.env, ...own },
    progress: report,
  });
  return { folder, engine: parts.engine, environment: { ...own, ...parts.environment } };
}

/** Gets images as well, onto this machine's Docker. */
export async function withImages(
  workshop: Workshop,
  names: readonly ImageName[],
  report: Report,
): Promise<Workshop> {
  const images = await obtainImages(names, { docker: await connectDocker(undefined), report });
  return { ...workshop, environment: { ...workshop.environment, ...variablesFor(mappingOf(images)) } };
}

/** Removes the state and the projects; what stacks have made is theirs to destroy before. */
export function closeWorkshop({ folder }: Workshop): void {
  rmSync(folder, { recursive: true });
}

/** Makes a project and a stack, both of the same name, of a program in bench/programs. */
export async function makeStack(
  { folder, engine, environment }: Workshop,
  name: string,
  program: string,
  variables: Readonly<Record<string, string>> = {},
): Promise<Stack> {
  const cwd = path.join(folder, name);
  mkdirSync(cwd);
  const file = fileURLToPath(new URL(`../programs/${program}.ts`, import.meta.url));
  writeFileSync(
    path.join(cwd, "Pulumi.yaml"),
    `name: ${name}\nmain: index.ts\nruntime: { name: nodejs, options: { typescript: false } }\n`,
  );
  writeFileSync(path.join(cwd, "package.json"), '{ "type": "module" }\n');
  writeFileSync(path.join(cwd, "index.ts"), `export * from ${JSON.stringify(file)};\n`);
  symlinkSync(path.join(root, "node_modules"), path.join(cwd, "node_modules"));

  const env = { ...environment, ...variables };
  const start = (command: string, ...args: readonly string[]) =>
    startCommand(engine, [...command.split(" "), "--stack", name, "--non-interactive", ...args], cwd, env);
  const run = async (command: string, ...args: readonly string[]) => {
    const { failed, timedOut, stdout, stderr } = await start(command, ...args);
    if (timedOut) throw new TimeLimitError(`"pulumi ${command}" takes more than ${LIMIT_SECONDS} s`);
    if (failed) throw new Error(`"pulumi ${command}" failed: ${lastLines(stdout)}\n${lastLines(stderr)}`);
    return stdout;
  };
  await execa(engine, ["stack", "init", name, "--non-interactive"], { cwd, env });
  return {
    run,
    start,
    state: async () => state.parse(JSON.parse(await run("stack export", "--show-secrets"))),
  };
}

function startCommand(
  engine: string,
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>>,
) {
  return execa(engine, args, { cwd, env, reject: false, timeout: LIMIT_SECONDS * 1000 });
}

function lastLines(output: string): string {
  return output.trim().split("\n").slice(-20).join("\n");
}

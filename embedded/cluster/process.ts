import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir, open, readFile, rename, rm, writeFile } from "node:fs/promises";
import * as path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type ClusterContext, paths } from "./context.ts";
import { identityOf, isAlive, type ProcessIdentity } from "./process-identity.ts";

/** A program that runs until it is stopped, and outlives the process that starts it. */
export interface Daemon {
  /** Unique in the cluster: its log and its process are known by it. */
  readonly name: string;
  /** Path of the program. */
  readonly program: string;
  readonly args: readonly string[];
  /** All of its variables. @defaultValue `PATH` */
  readonly environment?: Readonly<Record<string, string>>;
}

type Home = Pick<ClusterContext, "home">;

interface Started {
  readonly process: ProcessIdentity;
  readonly command: readonly string[];
}

/** Starts a daemon in the background. One that runs already is left alone, unless it was started with other arguments. */
export async function startDaemon(context: Home, daemon: Daemon): Promise<void> {
  const command = [daemon.program, ...daemon.args];
  const started = await startedAs(context, daemon.name);
  if (started && isAlive(started.process)) {
    if (started.command.join("\0") === command.join("\0")) return;
    await stopDaemon(context, daemon.name);
  }
  const { processes } = paths(context);
  await mkdir(processes, { recursive: true });
  const running = await spawnDetached(daemon, await newLog(context, daemon.name));
  await writeFile(
    processFile(context, daemon.name),
    JSON.stringify({ process: running, command } satisfies Started),
  );
}

/** Whether a daemon was started and has not ended since. */
export async function isRunning(context: Home, name: string): Promise<boolean> {
  const started = await startedAs(context, name);
  return started !== undefined && isAlive(started.process);
}

/** Ends a daemon if it runs: asks it to, and kills it after `seconds`. A process that merely has its old number is left alone. */
export async function stopDaemon(context: Home, name: string, seconds = 10): Promise<void> {
  const started = await startedAs(context, name);
  if (started) await terminate(started.process, seconds);
  await rm(processFile(context, name), { force: true });
}

/** Where a daemon writes to. */
export function logFile(context: Home, name: string): string {
  return path.join(paths(context).logs, `${name}.log`);
}

/** Something that is waited for. */
export interface Expectation {
  /** What is to be true, as in `the API server answers`. */
  readonly what: string;
  /** The daemon that it depends on. */
  readonly daemon: string;
  readonly seconds: number;
  /** Errors mean "not yet", too; the last one is told. */
  readonly isMet: () => Promise<boolean>;
}

/**
 * Waits until something is true.
 *
 * @throws Error when the time is over or the daemon ended: with the end of its log
 */
export async function until(context: Home, { what, daemon, seconds, isMet }: Expectation): Promise<void> {
  const deadline = Date.now() + seconds * 1000;
  for (let reason = ""; ; await sleep(100)) {
    try {
      if (await isMet()) return;
    } catch (error) {
      reason = `: ${error instanceof Error ? error.message : String(error)}`;
    }
    if (!(await isRunning(context, daemon))) throw await failure(context, daemon, `${daemon} ended`);
    if (Date.now() > deadline) {
      throw await failure(context, daemon, `waited ${seconds} s in vain until ${what}${reason}`);
    }
  }
}

async function failure(context: Home, daemon: string, problem: string): Promise<Error> {
  const log = logFile(context, daemon);
  const text = existsSync(log) ? await readFile(log, "utf8") : "";
  const lastWords = text.trimEnd().split("\n").slice(-10).join("\n");
  return new Error(`${problem}; the log of ${daemon} (${log}) ends so:\n${lastWords}`);
}

function processFile(context: Home, name: string): string {
  return path.join(paths(context).processes, `${name}.json`);
}

async function startedAs(context: Home, name: string): Promise<Started | undefined> {
  const file = processFile(context, name);
  return existsSync(file) ? (JSON.parse(await readFile(file, "utf8")) as Started) : undefined;
}

/** An empty log; the one of the run before is kept beside it. */
async function newLog(context: Home, name: string): Promise<string> {
  const log = logFile(context, name);
  await mkdir(path.dirname(log), { recursive: true });
  if (existsSync(log)) await rename(log, `${log}.previous`);
  return log;
}

async function spawnDetached(daemon: Daemon, log: string): Promise<ProcessIdentity> {
  const output = await open(log, "w");
  try {
    const child = spawn(daemon.program, daemon.args, {
      detached: true,
      stdio: ["ignore", output.fd, output.fd],
      cwd: "/",
      env: daemon.environment ?? { PATH: process.env.PATH },
    });
    await once(child, "spawn");
    child.unref();
    return identityOf(child.pid!);
  } finally {
    await output.close();
  }
}

async function terminate(running: ProcessIdentity, seconds: number): Promise<void> {
  if (!isAlive(running)) return;
  process.kill(running.pid, "SIGTERM");
  const patience = Date.now() + seconds * 1000;
  while (isAlive(running) && Date.now() < patience) await sleep(50);
  if (isAlive(running)) process.kill(running.pid, "SIGKILL");
  while (isAlive(running)) await sleep(50);
}

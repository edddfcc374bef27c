import { once } from "node:events";
import { rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as rest } from "node:timers/promises";
import { describe } from "../errors.ts";
import { createService, type Service } from "../service.ts";
import type { Command } from "./command.ts";

/** File that says by its age that the worker is at work. */
const heartbeat = path.join(tmpdir(), "reference-worker-heartbeat");

const beatSeconds = 2;

/** Age at which the worker does not count as at work any more. */
const patienceSeconds = 30;

/** `python -m app.worker`: proves its dependencies and stays. With `--check`: whether the worker beside it is at work. */
export const worker: Command = async (args, environment) => {
  if (args.length === 0) return work(environment);
  if (args.join(" ") === "--check") return check();
  console.error(`python -m app.worker: "${args.join(" ")}" is not known; there is --check`);
  return 2;
};

async function work(environment: NodeJS.ProcessEnv): Promise<number> {
  const stopped = Promise.race([once(process, "SIGTERM"), once(process, "SIGINT")]);
  try {
    // What is left of a worker that was killed says nothing of this one.
    await rm(heartbeat, { force: true });
    const service = await createService(environment);
    const { name, logger, wiring } = service;
    const dependencies = wiring
      .entries()
      .map((entry) => `${entry.name} (${entry.protocol}, ${entry.target})`);
    logger.info({ dependencies }, `this is keelson's reference application, standing in for "${name}"`);
    wiring.start();
    const ending = new AbortController();
    const beating = beat(service, ending.signal);
    await Promise.race([stopped, beating]);
    ending.abort();
    wiring.stop();
    await service.database?.close();
    logger.info("stopped");
    await service.telemetry?.stop();
    return 0;
  } catch (error) {
    console.error(`python -m app.worker: ${describe(error)}`);
    return 1;
  }
}

/** Begins once everything was proven, and then goes on whatever becomes of that: to be started anew would mend nothing. */
async function beat({ wiring, logger }: Service, signal: AbortSignal): Promise<void> {
  let begun = false;
  while (!signal.aborted) {
    if (!begun && wiring.missing().length === 0) {
      begun = true;
      logger.info("at work");
    }
    if (begun) await writeFile(heartbeat, "");
    await rest(1_000 * beatSeconds, undefined, { signal }).catch(() => "stopped");
  }
}

async function check(): Promise<number> {
  const written = await stat(heartbeat).catch(() => undefined);
  const age = written && (Date.now() - written.mtimeMs) / 1_000;
  if (age !== undefined && age < patienceSeconds) return 0;
  console.error(
    age === undefined ? "the worker is not at work yet" : `no sign of the worker for ${Math.round(age)} s`,
  );
  return 1;
}

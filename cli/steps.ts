import { constants } from "node:os";
import { Listr, PRESET_TIMER } from "listr2";
import { Mendable } from "./mendable.ts";
import type { Report } from "./session.ts";

/** One of several things to do, one after the other. */
export interface Step {
  readonly title: string;
  /** Does it, tells what it is doing, and answers what came of it in a few words. */
  readonly run: (report: Report) => Promise<string>;
}

const SIGNALS = ["SIGINT", "SIGTERM"] as const;
const SHOW_CURSOR = "\u001B[?25h";

/** Time that a step has to tidy up after an interruption. */
const TIDYING_MILLISECONDS = 10_000;

/**
 * Carries steps out and shows how they go: on a terminal with what is going on at the moment, else as plain lines; each with its time.
 *
 * @throws Mendable when it was interrupted, after the step under way has tidied up
 */
export async function carryOut(steps: readonly Step[]): Promise<void> {
  let failure: unknown;
  const tasks = steps.map(({ title, run }) => ({
    title,
    task: async (_: unknown, task: { title: string; output: string }) => {
      try {
        const outcome = await run((line) => (task.output = line));
        task.title = `${title}: ${outcome}`;
      } catch (error) {
        failure = error;
        // The whole of it has more lines than a list of steps has room for.
        throw new Error("see below", { cause: error });
      }
    },
  }));
  const list = new Listr(tasks, {
    fallbackRenderer: "simple",
    // Its own listener ends the process before anything could tidy up.
    registerSignalListeners: false,
    rendererOptions: { timer: PRESET_TIMER, showErrorMessage: false },
    fallbackRendererOptions: { timer: PRESET_TIMER },
  });
  await interruptible(async () => {
    try {
      await list.run();
    } catch (error) {
      throw failure ?? error;
    }
  });
}

async function interruptible(work: () => Promise<unknown>): Promise<void> {
  let interruption: NodeJS.Signals | undefined;
  const stop = (signal: NodeJS.Signals) => {
    const leave = () => {
      process.stdout.write(process.stdout.isTTY ? SHOW_CURSOR : "");
      process.exit(128 + constants.signals[signal]);
    };
    if (interruption) leave();
    interruption = signal;
    setTimeout(leave, TIDYING_MILLISECONDS).unref();
  };
  for (const signal of SIGNALS) process.on(signal, stop);
  try {
    await work();
  } catch (error) {
    if (!interruption) throw error;
    throw new Mendable(`interrupted by ${interruption}`, "run it again: it goes on where it was", {
      cause: error,
    });
  } finally {
    for (const signal of SIGNALS) process.off(signal, stop);
  }
}

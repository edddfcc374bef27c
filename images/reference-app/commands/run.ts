import { once } from "node:events";
import { describe } from "../errors.ts";
import { serve, type ServingOptions } from "../serving.ts";

/**
 * Serves until the process is told to stop.
 *
 * @param command - What was asked for, as it is logged.
 * @returns 0 after a graceful stop, 1 when it could not be served; the reason is on standard error.
 */
export async function runUntilStopped(command: string, options: ServingOptions): Promise<number> {
  const stopped = Promise.race([once(process, "SIGTERM"), once(process, "SIGINT")]);
  try {
    const { service, port, stop } = await serve(options);
    const { name, logger } = service;
    const dependencies = service.wiring
      .entries()
      .map((entry) => `${entry.name} (${entry.protocol}, ${entry.target})`);
    logger.info(
      { command, host: options.host, port, dependencies },
      `this is keelson's reference application, standing in for "${name}"`,
    );
    await stopped;
    logger.info("told to stop: finishing what is under way");
    await stop();
    logger.info("stopped");
    return 0;
  } catch (error) {
    console.error(`${command}: ${describe(error)}`);
    return 1;
  }
}

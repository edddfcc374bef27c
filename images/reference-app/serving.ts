import { createServer, type Server } from "node:http";
import { setTimeout as rest } from "node:timers/promises";
import { getRequestListener } from "@hono/node-server";
import { createApplication } from "./application.ts";
import type { Destination } from "./logging.ts";
import { createService, type Service } from "./service.ts";

/** Longer than proxies keep idle connections (Caddy: 2 minutes), so that none sends a request into one that is being closed. */
const idleMilliseconds = 130_000;

/** Where and as what a service is served. */
export interface ServingOptions {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly environment: NodeJS.ProcessEnv;
  /** Where log lines go. @defaultValue standard output */
  readonly destination?: Destination;
  /** Time that requests under way are given when the service is told to stop. @defaultValue 10 */
  readonly stopSeconds?: number;
}

/** A service that answers. */
export interface Serving {
  readonly service: Service;
  /** Port that it listens on. */
  readonly port: number;
  /** Takes no more requests, finishes those under way, and closes its connections; after the time to stop, cuts them off. Telemetry goes last. */
  readonly stop: () => Promise<void>;
}

/**
 * Serves a service and starts to prove its dependencies.
 *
 * @throws Error with the mistakes in the environment, or when the port can't be had.
 */
export async function serve(options: ServingOptions): Promise<Serving> {
  const { host, environment, destination, stopSeconds = 10 } = options;
  const service = await createService(environment, destination);
  let stopping = false;
  const application = createApplication(service, () => stopping);
  const server = createServer({ keepAliveTimeout: idleMilliseconds }, getRequestListener(application.fetch));
  const port = await listen(server, host, options.port);
  service.wiring.start();

  const stop = async () => {
    stopping = true;
    service.wiring.stop();
    const finished = close(server).then(() => service.database?.close());
    await Promise.race([finished, rest(1_000 * stopSeconds, undefined, { ref: false })]);
    server.closeAllConnections();
    await service.telemetry?.stop();
  };
  return { service, port, stop };
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === "object" && address ? address.port : port);
    });
  });
}

/** Takes no more connections, and waits for those on which a request is under way. */
async function close(server: Server): Promise<void> {
  await new Promise((resolve) => server.close(resolve));
}

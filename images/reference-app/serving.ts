import { createServer, type Server } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { createApplication } from "./application.ts";
import type { Destination } from "./logging.ts";
import { createService, type Service } from "./service.ts";

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
  /** Takes no more requests, finishes those under way, and closes its connections. */
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
  const server = createServer(getRequestListener(application.fetch));
  const port = await listen(server, host, options.port);
  service.wiring.start();

  const stop = async () => {
    stopping = true;
    service.wiring.stop();
    await close(server, stopSeconds);
    await service.items?.close();
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

async function close(server: Server, seconds: number): Promise<void> {
  const overdue = setTimeout(() => server.closeAllConnections(), 1_000 * seconds);
  await new Promise((resolve) => server.close(resolve));
  clearTimeout(overdue);
}

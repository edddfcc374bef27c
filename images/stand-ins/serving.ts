import { createServer, type Server } from "node:http";
import { getRequestListener } from "@hono/node-server";
import type { Hono } from "hono";

/** What is served, by the port that it is served on. */
export type Applications = ReadonlyMap<number, Hono>;

/** Serves applications until the process is told to stop; then takes no more requests, finishes those under way, and closes. */
export function serveUntilStopped(host: string, applications: Applications, close: () => void): void {
  const servers = Array.from(applications, ([port, application]) => serve(application, host, port));
  const stop = async () => {
    await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
    close();
    console.log("stopped");
  };
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => void stop());
}

function serve(application: Hono, host: string, port: number): Server {
  return createServer(getRequestListener(application.fetch)).listen(port, host, () =>
    console.log(`listening on ${host}:${port}`),
  );
}

// Answers for Qdrant where its image can't be had: the official image's program, by its name and arguments.
import { writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { getRequestListener } from "@hono/node-server";
import type { Hono } from "hono";
import { createApplication } from "./application.ts";
import { metricsRoutes, STAND_IN, VERSION } from "./service-routes.ts";
import { readSettings } from "./settings.ts";
import { Store } from "./store.ts";

console.log(
  `${STAND_IN} ${VERSION}: another program, which answers what keelson asks of Qdrant; no index, no gRPC, no copies`,
);

const settings = readSettings(process.argv.slice(2), process.env);
const { host, http_port, metrics_port } = settings.service;
const store = new Store(settings.storage.storage_path);
const servers = [serve(createApplication(store, settings), http_port)];
if (metrics_port) servers.push(serve(metricsRoutes(store), metrics_port));
writeFileSync(process.env["QDRANT_INIT_FILE_PATH"] ?? ".qdrant-initialized", "");

for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => void stop());

function serve(application: Hono, port: number): Server {
  return createServer(getRequestListener(application.fetch)).listen(port, host, () =>
    console.log(`listening on ${host}:${port}`),
  );
}

/** Takes no more requests, finishes those under way, and closes the files. */
async function stop(): Promise<void> {
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  store.close();
  console.log("stopped");
}

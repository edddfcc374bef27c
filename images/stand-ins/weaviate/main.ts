// Answers for Weaviate where its image can't be had: the official image's program, by its name, arguments and variables.
import type { Hono } from "hono";
import { serveUntilStopped } from "../serving.ts";
import { createApplication, metricsRoutes, STAND_IN, VERSION } from "./application.ts";
import { readSettings } from "./settings.ts";
import { Store } from "./store.ts";

console.log(
  `${STAND_IN} ${VERSION}: another program, which answers what keelson asks of Weaviate; no index, no gRPC, no modules, no copies`,
);

const { host, port, metricsPort, folder, ...settings } = readSettings(process.argv.slice(2), process.env);
const store = new Store(folder);
const applications = new Map<number, Hono>([[port, createApplication(store, settings)]]);
if (metricsPort !== undefined) applications.set(metricsPort, metricsRoutes(store));
serveUntilStopped(host, applications, () => store.close());

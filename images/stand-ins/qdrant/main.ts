// Answers for Qdrant where its image can't be had: the official image's program, by its name and arguments.
import { writeFileSync } from "node:fs";
import type { Hono } from "hono";
import { serveUntilStopped } from "../serving.ts";
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
const applications = new Map<number, Hono>([[http_port, createApplication(store, settings)]]);
if (metrics_port) applications.set(metrics_port, metricsRoutes(store));
serveUntilStopped(host, applications, () => store.close());
writeFileSync(process.env["QDRANT_INIT_FILE_PATH"] ?? ".qdrant-initialized", "");

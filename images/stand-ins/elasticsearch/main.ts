// Answers for Elasticsearch where its image can't be had: OpenSearch, and before it what OpenSearch lacks by itself, which is users
// with rights, vectors, and the ways of Elasticsearch's clients.
import type { Hono } from "hono";
import { serveUntilStopped } from "../serving.ts";
import { Accounts } from "./accounts.ts";
import { createApplication, STAND_IN, VERSION } from "./application.ts";
import { startEngine } from "./engine.ts";
import { readSettings } from "./settings.ts";

console.log(
  `${STAND_IN} ${VERSION}: OpenSearch, with users and roles before it that have all rights in an index or none; vectors are compared one by one; no copies`,
);

const settings = readSettings(process.env);
const { data, administratorPassword, host, port } = settings;
const engine = await startEngine(settings);
const accounts = new Accounts(data, administratorPassword);
const application = createApplication(engine.ask, accounts, settings);
serveUntilStopped(host, new Map<number, Hono>([[port, application]]), engine.stop);

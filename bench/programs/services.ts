// A program of many services, with the SDK's mocks in place of the engine: node services.ts COUNT [FILE]
// FILE is where to list the resources that it registered.
import { writeFileSync } from "node:fs";
import { runtime } from "@pulumi/pulumi";
import { Docker, HttpService, Postgres, Redis } from "../../components/index.ts";
import { record } from "./recorder.ts";
import { reportSince } from "./report.ts";

const [, , count = "10", file] = process.argv;
const start = performance.now();
const registered = await record();

const target = new Docker("bench", { machine: { cpus: 10_000, memoryGiB: 10_000, storageGiB: 10_000 } });
const postgres = new Postgres("postgres", { target });
const cache = new Redis("cache", { target, evict: "never" });

// Each has a database of its own, shares the cache, and calls the one before it.
let before: HttpService | undefined;
for (let index = 0; index < Number(count); index++) {
  before = new HttpService(`service-${index}`, {
    target,
    image: "keelson/reference-app:0.1.0",
    command: ["node", "server.js"],
    port: 8000,
    ready: "/health",
    env: {
      DATABASE_URL: postgres.database(`service_${index}`).url,
      REDIS_URL: cache.url,
      LOG_LEVEL: "WARNING",
      ...(before && { UPSTREAM_URL: before.url }),
    },
    resources: { cpuRequest: 0.25, cpuLimit: 0.5, memoryRequestMiB: 512, memoryLimitMiB: 1024 },
  });
}
await runtime.disconnect();

if (file === undefined) reportSince(start, { resources: registered.length });
else {
  writeFileSync(file, JSON.stringify(registered));
  reportSince(start);
}

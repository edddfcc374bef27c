import { getStack } from "@pulumi/pulumi";
import { Docker, HttpService, Job, Postgres, Redis, ref } from "keelson";

const image = "registry.example.com/webui:3.1.0";
const target = new Docker(getStack());
const cache = new Redis("cache", { target, evict: "never" });
const { host, port, user, password, name } = new Postgres("postgres", { target }).database("webui");
const DATABASE_URL = ref`postgresql+asyncpg://${user}:${password}@${host}:${port}/${name}`;

const migrated = new Job("webui-migrate", {
  target,
  image,
  command: ["alembic", "upgrade", "head"],
  env: { DATABASE_URL },
});
export const webui = new HttpService("webui", {
  target,
  image,
  command: ["uvicorn", "webui.main:app", "--host", "0.0.0.0", "--port", "8080"],
  port: 8080,
  ready: "/api/health/readyz",
  after: [migrated],
  env: { DATABASE_URL, REDIS_URL: cache.url, LOG_LEVEL: "WARNING" },
  resources: { cpuRequest: 0.5, cpuLimit: 2, memoryRequestMiB: 1024, memoryLimitMiB: 2048 },
});

import { Client } from "pg";
import { vi } from "vitest";
import { obtainImages } from "../../embedded/images/index.ts";
import { embeddedReference } from "../../embedded/images/recipes.ts";
import { migrate } from "../../images/reference-app/database/migrations.ts";
import type { Containers, Started } from "./containers.ts";
import { openWith } from "./embedded-images.ts";

/** What is in every password here, so that one search finds them all. */
export const SECRET = "h1dden";

const passwords = { redis: `broker-${SECRET}`, postgres: `pg-${SECRET}`, qdrant: `qdrant-${SECRET}` };

/** The broker's URL, as workers are told it. */
export const BROKER = `redis://:${passwords.redis}@redis:6379/0`;

/** What Semantik's worker is told of its other relations. */
export const wires = {
  REDIS_URL: BROKER,
  DATABASE_URL: `postgresql+asyncpg://postgres:${passwords.postgres}@postgres:5432/postgres`,
  QDRANT_URL: "http://qdrant:6333",
  QDRANT_API_KEY: passwords.qdrant,
};

/** How long something is waited for on a busy machine. */
export const patience = { timeout: 60_000, interval: 500 };

/** The servers on which a worker depends, with the tables of the reference application. */
export interface CeleryServers {
  readonly containers: Containers;
  readonly redis: Started;
  /** Image of the reference worker. */
  readonly image: string;
}

/** Starts the servers. */
export async function startCeleryServers(): Promise<CeleryServers> {
  const containers = await openWith("celery", "redis", "postgres", "qdrant", "flower");
  const { docker } = containers;
  const { "reference-worker": image } = await obtainImages(["reference-worker"], {
    docker,
    report: console.log,
  });
  const redis = await containers.start("redis", {
    Image: embeddedReference("redis"),
    port: 6379,
    Cmd: ["redis-server", "--requirepass", passwords.redis, "--protected-mode", "no"],
  });
  const postgres = await containers.start("postgres", {
    Image: embeddedReference("postgres"),
    port: 5432,
    Env: [`POSTGRES_PASSWORD=${passwords.postgres}`],
  });
  await containers.start("qdrant", {
    Image: embeddedReference("qdrant"),
    Env: [`QDRANT__SERVICE__API_KEY=${passwords.qdrant}`],
  });
  await vi.waitFor(() => makeTables(postgres), patience);
  return { containers, redis, image: image.reference };
}

/** The broker's URL, as it is reached from the host; another one after each start. */
export async function brokerUrl(redis: Started): Promise<URL> {
  return new URL(`redis://:${passwords.redis}@${await redis.address()}/0`);
}

async function makeTables(postgres: Started): Promise<void> {
  const { hostname, port } = new URL(`tcp://${await postgres.address()}`);
  const login = { user: "postgres", password: passwords.postgres, database: "postgres" };
  const client = new Client({ host: hostname, port: Number(port), ...login });
  await client.connect();
  await migrate(client, () => {}).finally(() => client.end());
}

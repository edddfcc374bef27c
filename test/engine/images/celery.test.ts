import { createClient } from "redis";
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { Reference } from "../../../components/model/reference.ts";
import type { Workload } from "../../../components/model/workload.ts";
import { celeryWorkerRecipe } from "../../../components/services/celery-worker.ts";
import { FLOWER_RESOURCES, flowerRecipe } from "../../../components/services/flower.ts";
import { embeddedReference } from "../../../embedded/images/recipes.ts";
import { celery } from "../../../images/reference-app/protocols/celery.ts";
import {
  BROKER,
  brokerUrl,
  type CeleryServers,
  patience,
  SECRET,
  startCeleryServers,
  wires,
} from "../../support/celery-servers.ts";
import type { Started } from "../../support/containers.ts";
import { volumeOf } from "../../support/embedded-images.ts";
import { startHidden } from "../../support/hidden-workload.ts";

const FLOWER_PASSWORD = `flower-${SECRET}`;
const RESOURCES = { cpuRequest: 0.1, cpuLimit: 1, memoryRequestMiB: 128, memoryLimitMiB: 512 };

/** An application that is no stand-in, with a task that takes its time. */
const TASKS = `
import time
from celery import Celery
app = Celery("tasks", backend="${BROKER}")

@app.task(name="slow")
def slow():
    app.backend.client.set("slow", "begun")
    time.sleep(6)
    app.backend.client.set("slow", "done")
`;

let servers: CeleryServers;
let worker: Started;

beforeAll(async () => {
  servers = await startCeleryServers();
  worker = await start("worker", { ...wires, SERVICE_NAME: "worker" });
  await ready(worker);
});
afterAll(() => servers.containers.close());

function workload(secrets: Readonly<Record<string, string>>, image = servers.image): Workload {
  const env = Object.entries({ CELERY_BROKER_URL: BROKER, ...secrets });
  const hidden = Object.fromEntries(env.map(([name, value]) => [name, Reference.hidden(value)]));
  const told = { CELERY_BROKER_URL: Reference.hidden(BROKER), ...hidden };
  return celeryWorkerRecipe({ image, app: "webui.celery_app", env: told, resources: RESOURCES });
}

function start(name: string, secrets: Readonly<Record<string, string>>): Promise<Started> {
  return startHidden(servers.containers, name, workload(secrets));
}

async function probe(started: Started, name: "readiness" | "liveness"): Promise<number | null> {
  const check = workload({}).probes[name]!.check;
  return check.kind === "exec" ? started.run(check.command) : null;
}

async function ready(started: Started): Promise<void> {
  await vi.waitFor(async () => {
    if ((await probe(started, "readiness")) !== 0) throw new Error(`not ready: ${await started.log()}`);
  }, patience);
}

/** Puts a task to the workers as the reference application does. */
async function prove(): Promise<string> {
  const signal = AbortSignal.timeout(20_000);
  return celery.prove({ url: await brokerUrl(servers.redis), service: "webui", variables: {}, signal });
}

async function database() {
  const client = createClient({ url: (await brokerUrl(servers.redis)).href });
  await client.connect();
  onTestFinished(() => client.destroy());
  return client;
}

/** All that can be seen of a container from outside and, save for its files and environment, from inside. */
async function visible(started: Started): Promise<string> {
  expect(await started.run(["sh", "-c", "! cat /proc/[0-9]*/cmdline | grep -a h[1]dden"])).toBe(0);
  return `${JSON.stringify(await started.container.inspect())}${await started.log()}`;
}

describe("a worker", () => {
  it("[D] [K1] does a task, by which it proves that it reaches what it was told", async () => {
    expect(await prove()).toBe(
      "task reference.prove done by worker, which has proven: celery-broker, database, qdrant, redis",
    );
    const client = await database();
    expect(await client.lLen("celery")).toBe(0);
  });

  it("says at its start what it is, and what is proven, a JSON object a line, and no secret anywhere", async () => {
    await vi.waitFor(async () => expect(await worker.log()).toContain("qdrant is proven"), patience);
    const log = await worker.log();
    const lines = log.split("\n").filter((line) => line.includes("{"));
    const entries = lines.map((line): { msg: string } => JSON.parse(line.slice(line.indexOf("{"))));
    const told = entries.map(({ msg }) => msg);
    expect(told).toContain('this is keelson\'s reference worker, standing in for "worker"');
    expect(told).toEqual(expect.arrayContaining(["database is proven", "qdrant is proven"]));
    expect(await visible(worker)).not.toContain(SECRET);
  });

  it("[G10] does not start with an address that it can't use, and shows nothing of it", async () => {
    const mistaken = await start("mistaken", { CACHE_URL: "memcached://user:h1dden-too@cache:11211" });
    expect(await mistaken.ended()).not.toBe(0);
    const log = await mistaken.log();
    expect(log).toContain('CACHE_URL has the scheme "memcached", which is not spoken here: http, https,');
    expect(log).not.toContain(SECRET);
  });

  it("[K7] is alive but not ready while the broker is away, and ready again after that", async () => {
    expect(await probe(worker, "liveness")).toBe(0);
    await servers.redis.container.stop({ t: 5 });
    expect(await probe(worker, "readiness")).not.toBe(0);
    expect(await probe(worker, "liveness")).toBe(0);
    await servers.redis.container.start();
    await ready(worker);
    expect(await prove()).toContain("done by worker");
  });

  it("[G7] is not alive when it has stopped to answer", async () => {
    expect(await worker.run(["sh", "-c", "kill -STOP -1"])).toBe(0);
    expect(await probe(worker, "readiness")).not.toBe(0);
    expect(await probe(worker, "liveness")).not.toBe(0);
    await worker.run(["sh", "-c", "kill -CONT -1"]);
    await ready(worker);
  });

  it("tells which of its wires is broken, without credentials", async () => {
    await worker.container.stop();
    const broken = await start("broken", { ...wires, QDRANT_API_KEY: "wr0ng", SERVICE_NAME: "broken" });
    await ready(broken);
    await expect(prove()).rejects.toThrow(
      /done by broken, which has not proven: qdrant \(HTTP Error 401: [^)]*\)$/,
    );
    await broken.container.stop();
    await worker.container.start();
    await ready(worker);
  });

  it("ends its task when it is told to stop, and then goes well", async () => {
    await worker.container.stop();
    const code = await volumeOf(servers.containers, "tasks", 1000, { "tasks.py": TASKS });
    const recipe = celeryWorkerRecipe({
      ...workload({}, embeddedReference("flower")),
      app: "tasks",
      env: { CELERY_BROKER_URL: Reference.hidden(BROKER), PYTHONPATH: "/tasks" },
    });
    const own = await startHidden(servers.containers, "own", recipe, { binds: [`${code}:/tasks:ro`] });
    await ready(own);
    // One that is not the stand-in answers, too: that it doesn't know the task.
    expect(await prove()).toBe("task reference.prove answered by a worker that does not know it");

    const client = await database();
    expect(
      await own.run(["sh", "-c", `. /run/keelson/variables; export CELERY_BROKER_URL; celery call slow`]),
    ).toBe(0);
    await vi.waitFor(async () => expect(await client.get("slow")).toBe("begun"), patience);
    await own.container.stop();
    expect(await client.get("slow")).toBe("done");
    expect((await own.container.inspect()).State.ExitCode).toBe(0);
    await worker.container.start();
    await ready(worker);
  });
});

describe("Flower", () => {
  const settings = {
    broker: { url: Reference.hidden(BROKER) },
    image: embeddedReference("flower"),
    resources: FLOWER_RESOURCES,
    user: "operator",
    password: Reference.hidden(FLOWER_PASSWORD),
  };
  const login = `Basic ${Buffer.from(`operator:${FLOWER_PASSWORD}`).toString("base64")}`;

  async function startFlower(name: string, path: string) {
    const flower = await startHidden(servers.containers, name, flowerRecipe({ ...settings, path }), {
      port: 5555,
    });
    const get = async (page: string, authorization?: string) => {
      const headers = authorization === undefined ? {} : { authorization };
      const response = await fetch(`http://${await flower.address()}${path}${page}`, { headers });
      return { status: response.status, text: await response.text() };
    };
    await vi.waitFor(async () => expect((await get("/healthcheck")).status).toBe(200), patience);
    return { flower, get };
  }

  it("[G3] refuses those without its password, and shows the others the workers", async () => {
    const { flower, get } = await startFlower("flower", "");
    for (const page of ["/", "/workers", "/api/workers", "/api/tasks"]) {
      expect((await get(page)).status).toBe(401);
      expect((await get(page, `Basic ${btoa("operator:wrong")}`)).status).toBe(401);
    }
    const name = (await worker.container.inspect()).Config.Hostname;
    await vi.waitFor(async () => {
      const workers = await get("/api/workers?refresh=true", login);
      expect(workers.status).toBe(200);
      expect(Object.keys(JSON.parse(workers.text))).toContain(`celery@${name}`);
    }, patience);
    expect(await visible(flower)).not.toContain(SECRET);
  });

  it("counts the workers' tasks for Prometheus, below the path that it is routed by", async () => {
    const { get } = await startFlower("routed", "/tools/flower");
    await vi.waitFor(async () => {
      await prove();
      const { status, text } = await get("/metrics");
      expect(status).toBe(200);
      expect(text).toMatch(/flower_events_total\{[^}]*task="reference.prove"[^}]*\} [1-9]/);
    }, patience);
    expect((await get("/workers", login)).status).toBe(200);
  });
});

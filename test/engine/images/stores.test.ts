import { ChromaClient } from "chromadb";
import { createClient } from "redis";
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { embeddedReference } from "../../../embedded/images/recipes.ts";
import type { Containers, Started } from "../../support/containers.ts";
import { openWith, volumeOf } from "../../support/embedded-images.ts";
import { hardened } from "../../support/hardened.ts";

let containers: Containers;
beforeAll(async () => {
  containers = await openWith("stores", "redis", "chroma");
});
afterAll(() => containers.close());

const patience = { timeout: 30_000, interval: 100 };

describe("the redis image", () => {
  const PASSWORD = "hidden";

  async function connect(redis: Started, password?: string) {
    const client = createClient({
      url: `redis://${await redis.address()}`,
      ...(password !== undefined && { password }),
      socket: { reconnectStrategy: false },
    });
    // A server that stops ends its connections.
    client.on("error", () => {});
    await client.connect();
    onTestFinished(() => client.destroy());
    return client;
  }

  const ready = (redis: Started) =>
    vi.waitFor(
      async () => expect(await redis.run(["sh", "-c", "redis-cli ping | grep -E 'PONG|NOAUTH'"])).toBe(0),
      patience,
    );

  it("[G3] [G6] [G7] serves without rights by its configuration file, and keeps its data over a restart", async () => {
    const configuration = `dir /data\nappendonly yes\nappendfsync always\nrequirepass ${PASSWORD}\n`;
    const files = await volumeOf(containers, "redis-files", 999, { "redis.conf": configuration });
    const data = await volumeOf(containers, "redis-data", 999);
    const redis = await containers.start("redis", {
      Image: embeddedReference("redis"),
      Cmd: ["redis-server", "/run/keelson/redis.conf"],
      User: "999:999",
      port: 6379,
      HostConfig: hardened({ Binds: [`${files}:/run/keelson:ro`, `${data}:/data`] }),
    });
    await ready(redis);
    await (await connect(redis, PASSWORD)).set("key", "kept");
    await expect(connect(redis, "wrong")).rejects.toThrow("WRONGPASS");
    expect(await redis.run(["touch", "/etc/written"])).not.toBe(0);

    await redis.container.restart({ t: 30 });
    await ready(redis);
    expect(await (await connect(redis, PASSWORD)).get("key")).toBe("kept");
  });

  it("serves other hosts when nothing is configured, as the official image does", async () => {
    const redis = await containers.start("open", { Image: embeddedReference("redis"), port: 6379 });
    await ready(redis);
    expect(await (await connect(redis)).ping()).toBe("PONG");
    expect(await redis.run(["sh", "-c", "test $(stat -c %u /proc/1) = 999"])).toBe(0);
  });
});

describe("the chroma image", () => {
  it("[G6] [G7] serves without rights, and keeps its data over a restart", async () => {
    const data = await volumeOf(containers, "chroma-data", 1000);
    const chroma = await containers.start("chroma", {
      Image: embeddedReference("chroma"),
      Entrypoint: ["chroma", "run", "--host", "0.0.0.0", "--port", "8000", "--path", "/data"],
      User: "1000:1000",
      port: 8000,
      HostConfig: hardened({ Binds: [`${data}:/data`] }),
    });
    const open = async () => {
      const [host, port] = (await chroma.address()).split(":");
      const client = new ChromaClient({ host: host!, port: Number(port), ssl: false });
      await vi.waitFor(() => client.heartbeat(), patience);
      return client.getOrCreateCollection({ name: "documents", embeddingFunction: null });
    };
    const documents = await open();
    await documents.add({
      ids: ["a", "b"],
      embeddings: [
        [1, 0],
        [0, 1],
      ],
      documents: ["east", "north"],
    });

    await chroma.container.restart({ t: 30 });
    const found = await (await open()).query({ queryEmbeddings: [[0.1, 0.9]], nResults: 1 });
    expect(found.documents).toEqual([["north"]]);
  });

  it("serves by its own command, as the official image does", async () => {
    const chroma = await containers.start("default", { Image: embeddedReference("chroma"), port: 8000 });
    await vi.waitFor(async () => {
      const { status } = await fetch(`http://${await chroma.address()}/api/v2/heartbeat`);
      expect(status).toBe(200);
    }, patience);
    expect(await chroma.run(["test", "-s", "/data/chroma.sqlite3"])).toBe(0);
  });
});

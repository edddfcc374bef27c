import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { Reference } from "../../../components/model/reference.ts";
import { QDRANT_RESOURCES, qdrantRecipe } from "../../../components/services/qdrant.ts";
import { embeddedReference } from "../../../embedded/images/recipes.ts";
import type { Containers, Started } from "../../support/containers.ts";
import { openWith } from "../../support/embedded-images.ts";
import { startWorkload } from "../../support/started-workload.ts";

const KEY = "hidden";
const IMAGE = embeddedReference("qdrant");
const patience = { timeout: 30_000, interval: 100 };

let containers: Containers;
beforeAll(async () => {
  containers = await openWith("qdrant", "qdrant");
});
afterAll(() => containers.close());

/** The server by its recipe, as a target starts it. */
function start(name: string): Promise<Started> {
  const apiKey = Reference.hidden(KEY);
  const settings = { image: IMAGE, resources: QDRANT_RESOURCES, storageGiB: 1, apiKey };
  return startWorkload(containers, name, qdrantRecipe(settings, { copies: 1, peers: [name] }), "http");
}

async function ask(qdrant: Started, path: string, init: RequestInit & { readonly key?: string } = {}) {
  const { key = KEY, ...request } = init;
  const headers = { "content-type": "application/json", "api-key": key };
  return fetch(`http://${await qdrant.address()}${path}`, { headers, ...request });
}

const ready = (qdrant: Started) =>
  vi.waitFor(async () => expect((await ask(qdrant, "/readyz")).status).toBe(200), patience);

async function write(qdrant: Started): Promise<void> {
  const vectors = { size: 2, distance: "Cosine" };
  await ask(qdrant, "/collections/places", { method: "PUT", body: JSON.stringify({ vectors }) });
  const points = [
    { id: 1, vector: [1, 0], payload: { name: "east" } },
    { id: 2, vector: [0, 1], payload: { name: "north" } },
  ];
  const written = await ask(qdrant, "/collections/places/points?wait=true", {
    method: "PUT",
    body: JSON.stringify({ points }),
  });
  expect(written.status).toBe(200);
}

async function nearest(qdrant: Started, query: readonly number[]): Promise<unknown> {
  const body = JSON.stringify({ query, limit: 1, with_payload: true });
  const response = await ask(qdrant, "/collections/places/points/query", { method: "POST", body });
  return ((await response.json()) as { result: { points: unknown[] } }).result.points[0];
}

describe("the stand-in for the qdrant image", () => {
  it("[G3] [G6] [G7] serves without rights those who know the key, and keeps its data over a restart", async () => {
    const qdrant = await start("restarted");
    await ready(qdrant);
    await write(qdrant);
    expect((await ask(qdrant, "/collections", { key: "wrong" })).status).toBe(401);
    expect(await qdrant.run(["touch", "/qdrant/written"])).not.toBe(0);
    expect(await qdrant.run(["test", "-e", "/tmp/.qdrant-initialized"])).toBe(0);

    await qdrant.container.restart({ t: 30 });
    await ready(qdrant);
    expect(await nearest(qdrant, [0.1, 0.9])).toMatchObject({ id: 2, payload: { name: "north" } });
  });

  it("[G6] loses nothing that it acknowledged when it is killed", async () => {
    const qdrant = await start("killed");
    await ready(qdrant);
    await write(qdrant);
    await qdrant.container.kill();
    await qdrant.container.start();
    await ready(qdrant);
    expect(await nearest(qdrant, [0.9, 0.1])).toMatchObject({ id: 1 });
  });

  it("ends by itself when it is told to stop, long before its time is over", async () => {
    const qdrant = await start("stopped");
    await ready(qdrant);
    const asked = Date.now();
    await qdrant.container.stop();
    expect(await qdrant.ended()).toBe(0);
    expect(Date.now() - asked).toBeLessThan(10_000);
    expect(await qdrant.log()).toContain("stopped");
  });

  it("shows its metrics without the key on their own port, and says first of all that it is a stand-in", async () => {
    const qdrant = await start("measured");
    await ready(qdrant);
    await write(qdrant);
    expect((await ask(qdrant, "/metrics", { key: "" })).status).toBe(401);
    const read = `fetch("http://127.0.0.1:6336/metrics").then((answer) => answer.text()).then((text) => {
      if (!text.includes('collection_points{id="places"} 2')) throw new Error(text);
    })`;
    expect(await qdrant.run(["node", "-e", read])).toBe(0);
    expect(await qdrant.log()).toMatch(/^[^\n]*stand-in for qdrant/);
  });

  it("gives a snapshot away, from which another server has the same collection", async () => {
    const [source, copy] = await Promise.all([start("source"), start("copy")]);
    await Promise.all([ready(source), ready(copy)]);
    await write(source);
    const made = await ask(source, "/collections/places/snapshots", { method: "POST" });
    const { result } = (await made.json()) as { result: { name: string } };
    const recovered = await ask(copy, "/collections/places/snapshots/recover", {
      method: "PUT",
      body: JSON.stringify({
        location: `http://source:6333/collections/places/snapshots/${result.name}`,
        api_key: KEY,
      }),
    });
    expect(recovered.status).toBe(200);
    expect(await nearest(copy, [0, 1])).toMatchObject({ id: 2 });
  });

  it("serves by its own command, as the official image does", async () => {
    const qdrant = await containers.start("default", { Image: IMAGE, port: 6333 });
    await ready(qdrant);
    await write(qdrant);
    expect(
      await qdrant.run(["sh", "-c", "test -d /qdrant/storage/collections/places && test $(id -u) = 1000"]),
    ).toBe(0);
  });
});

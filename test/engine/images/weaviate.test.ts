import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { Reference } from "../../../components/model/reference.ts";
import { WEAVIATE_RESOURCES, weaviateRecipe } from "../../../components/services/weaviate.ts";
import { embeddedReference } from "../../../embedded/images/recipes.ts";
import type { Containers, Started } from "../../support/containers.ts";
import { openWith } from "../../support/embedded-images.ts";
import { startWorkload } from "../../support/started-workload.ts";

const KEY = "hidden";
const IMAGE = embeddedReference("weaviate");
const patience = { timeout: 30_000, interval: 100 };

let containers: Containers;
beforeAll(async () => {
  containers = await openWith("weaviate", "weaviate");
});
afterAll(() => containers.close());

/** The server by its recipe, as a target starts it. */
function start(name: string): Promise<Started> {
  const apiKey = Reference.hidden(KEY);
  const settings = { image: IMAGE, resources: WEAVIATE_RESOURCES, storageGiB: 1, apiKey };
  return startWorkload(containers, name, weaviateRecipe(settings, { host: name }), "http");
}

async function ask(weaviate: Started, path: string, body?: unknown, key = KEY) {
  const headers = { "content-type": "application/json", authorization: `Bearer ${key}` };
  const request = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
  return fetch(`http://${await weaviate.address()}${path}`, { headers, ...request });
}

const ready = (weaviate: Started) =>
  vi.waitFor(async () => expect((await ask(weaviate, "/v1/.well-known/ready")).status).toBe(200), patience);

async function write(weaviate: Started): Promise<void> {
  await ask(weaviate, "/v1/schema", { class: "Place", vectorizer: "none" });
  const objects = [
    { class: "Place", vector: [1, 0], properties: { name: "east" } },
    { class: "Place", vector: [0, 1], properties: { name: "north" } },
  ];
  expect((await ask(weaviate, "/v1/batch/objects", { objects })).status).toBe(200);
}

async function nearest(weaviate: Started, vector: readonly number[]): Promise<unknown> {
  const query = `{ Get { Place(nearVector: { vector: [${vector.join()}] }, limit: 1) { name } } }`;
  const response = await ask(weaviate, "/v1/graphql", { query });
  return ((await response.json()) as { data: { Get: { Place: unknown[] } } }).data.Get.Place[0];
}

describe("the stand-in for the weaviate image", () => {
  it("[G3] [G6] [G7] serves without rights those who know the key, and keeps its data over a restart", async () => {
    const weaviate = await start("restarted");
    await ready(weaviate);
    await write(weaviate);
    expect((await ask(weaviate, "/v1/schema", undefined, "wrong")).status).toBe(401);
    expect(await weaviate.run(["touch", "/weaviate/written"])).not.toBe(0);

    await weaviate.container.restart({ t: 30 });
    await ready(weaviate);
    expect(await nearest(weaviate, [0.1, 0.9])).toEqual({ name: "north" });
  });

  it("ends by itself when it is told to stop, long before its time is over", async () => {
    const weaviate = await start("stopped");
    await ready(weaviate);
    const asked = Date.now();
    await weaviate.container.stop();
    expect(await weaviate.ended()).toBe(0);
    expect(Date.now() - asked).toBeLessThan(10_000);
    expect(await weaviate.log()).toMatch(/^[^\n]*stand-in for weaviate[^]*stopped/);
  });

  it("serves by its own command, as the official image does", async () => {
    const weaviate = await containers.start("default", { Image: IMAGE, port: 8080 });
    await ready(weaviate);
    await write(weaviate);
    expect(await nearest(weaviate, [0.9, 0.1])).toEqual({ name: "east" });
  });
});

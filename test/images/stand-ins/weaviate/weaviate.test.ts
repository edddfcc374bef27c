import { describe, expect, it } from "vitest";
import { readSettings } from "../../../../images/stand-ins/weaviate/settings.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";
import { startWeaviate } from "./support.ts";

const ids = {
  east: "00000000-0000-4000-8000-000000000001",
  north: "00000000-0000-4000-8000-000000000002",
  west: "00000000-0000-4000-8000-000000000003",
};

const places = [
  { class: "Place", id: ids.east, vector: [1, 0], properties: { name: "east", floor: 1 } },
  { class: "Place", id: ids.north, vector: [0, 2], properties: { name: "north" } },
  { class: "Place", id: ids.west, vector: [-3, 0], properties: { name: "west" } },
];

async function filled(distance = "cosine", folder?: string) {
  const weaviate = startWeaviate(folder);
  const definition = { class: "Place", vectorizer: "none", vectorIndexConfig: { distance } };
  expect((await weaviate.ask("POST", "/v1/schema", definition)).status).toBe(200);
  expect((await weaviate.ask("POST", "/v1/batch/objects", { objects: places })).status).toBe(200);
  return weaviate;
}

const query = (text: string) => ({ query: text });

describe("classes of the stand-in for Weaviate", () => {
  it("are made, listed, described and removed with their objects", async () => {
    const { ask } = await filled();
    expect((await ask("GET", "/v1/schema")).answer.classes).toMatchObject([
      { class: "Place", vectorizer: "none" },
    ]);
    expect((await ask("GET", "/v1/schema/Place")).answer.vectorIndexConfig).toEqual({ distance: "cosine" });
    expect((await ask("DELETE", "/v1/schema/Place")).status).toBe(200);
    expect((await ask("GET", "/v1/schema/Place")).status).toBe(404);
    expect((await ask("GET", `/v1/objects/Place/${ids.east}`)).status).toBe(404);
  });

  it("are refused when there is one of the name, in Weaviate's words", async () => {
    const { ask } = await filled();
    expect(await ask("POST", "/v1/schema", { class: "place" })).toEqual({
      status: 422,
      answer: { error: [{ message: "class name Place already exists" }] },
    });
  });

  it.each([
    ["a vectorizer", { vectorizer: "text2vec-openai" }],
    ["named vectors", { vectorConfig: { title: { vectorizer: { none: {} } } } }],
    ["an unknown distance", { vectorIndexConfig: { distance: "euclid" } }],
  ])("are refused with %s, which the stand-in can't answer for", async (_, settings) => {
    expect((await startWeaviate().ask("POST", "/v1/schema", { class: "Place", ...settings })).status).toBe(
      422,
    );
  });

  it("come into being with the first object, with the properties that it has", async () => {
    const { ask } = startWeaviate();
    const properties = { title: "t", pages: 3, tags: ["a"], open: true };
    expect((await ask("POST", "/v1/objects", { class: "Book", properties })).status).toBe(200);
    expect((await ask("GET", "/v1/schema/Book")).answer.properties).toEqual([
      { name: "title", dataType: ["text"] },
      { name: "pages", dataType: ["number"] },
      { name: "tags", dataType: ["text[]"] },
      { name: "open", dataType: ["boolean"] },
    ]);
  });
});

describe("objects of the stand-in for Weaviate", () => {
  it("are read, written over and removed by their ids", async () => {
    const { ask } = await filled();
    const path = `/v1/objects/Place/${ids.east}`;
    expect((await ask("GET", `${path}?include=vector`)).answer).toMatchObject({
      class: "Place",
      id: ids.east,
      vector: [1, 0],
      properties: { name: "east", floor: 1 },
    });
    await ask("PUT", path, { class: "Place", vector: [5, 5], properties: { name: "here" } });
    expect((await ask("GET", path)).answer.properties).toEqual({ name: "here" });
    expect((await ask("DELETE", path)).status).toBe(204);
    expect((await ask("DELETE", path)).status).toBe(404);
  });

  it("are refused under an id that is taken, or with a vector of another length", async () => {
    const { ask } = await filled();
    expect(await ask("POST", "/v1/objects", places[0])).toMatchObject({
      status: 422,
      answer: { error: [{ message: `id '${ids.east}' already exists` }] },
    });
    const objects = [
      { class: "Place", vector: [1, 1] },
      { class: "Place", vector: [1, 1, 1] },
    ];
    expect((await ask("POST", "/v1/batch/objects", { objects })).status).toBe(500);
    expect((await ask("GET", "/v1/objects?class=Place")).answer.totalResults).toBe(3);
  });

  it("are all there when it starts again", async () => {
    const folder = temporaryFolder();
    (await filled("dot", folder)).store.close();
    const { ask } = startWeaviate(folder);
    const { answer } = await ask("GET", "/v1/objects?class=Place");
    expect(answer.objects.map(({ id }: { id: string }) => id)).toEqual(Object.values(ids));
  });
});

describe("queries of the stand-in for Weaviate", () => {
  it.each([
    ["cosine", [0.8, -0.6], [0.2, 1.6, 1.8]],
    ["dot", [0.8, -0.6], [-0.8, 1.2, 2.4]],
    ["l2-squared", [0, 0], [1, 4, 9]],
    ["manhattan", [1, 1], [1, 2, 5]],
    ["hamming", [1, 0], [0, 1, 2]],
  ])("find by %s, the nearest first", async (distance, vector, expected) => {
    const { ask } = await filled(distance);
    const text = `{ Get { Place(nearVector: { vector: [${vector.join()}] }) { _additional { distance } } } }`;
    const { answer } = await ask("POST", "/v1/graphql", query(text));
    const found = answer.data.Get.Place.map(
      (row: { _additional: { distance: number } }) => row["_additional"].distance,
    );
    expect(found).toHaveLength(3);
    found.forEach((one: number, index: number) => expect(one).toBeCloseTo(expected[index]!, 5));
  });

  it("give the properties and the facts that were asked for, as many as were asked for", async () => {
    const { ask } = await filled();
    const text = `query Nearest($vector: [Float!]!) {
      Get { Place(nearVector: { vector: $vector }, limit: 1, offset: 1) { title: name floor _additional { id certainty } } }
    }`;
    const { answer } = await ask("POST", "/v1/graphql", { ...query(text), variables: { vector: [1, 0] } });
    expect(answer).toEqual({
      data: {
        Get: { Place: [{ title: "north", floor: null, _additional: { id: ids.north, certainty: 0.5 } }] },
      },
    });
  });

  it.each([
    ["{ Get { Other { name } } }", 'Cannot query field "Other" on type GetObjectsObj.'],
    ["{ Get { Place { colour } } }", 'Cannot query field "colour" on type Place.'],
    [
      "{ Aggregate { Place { meta { count } } } }",
      'Cannot query field "Aggregate" of the stand-in for Weaviate.',
    ],
    ["{ Get { Place(where: { path: [] }) { name } } }", "where"],
    ["{ Get ", "Syntax Error"],
  ])("are refused, with the reason: %s", async (text, reason) => {
    const { status, answer } = await (await filled()).ask("POST", "/v1/graphql", query(text));
    expect(status).toBe(200);
    expect(answer.data.Get).toBeNull();
    expect(answer.errors[0].message).toContain(reason);
  });
});

describe("access to the stand-in for Weaviate", () => {
  const keys = { AUTHENTICATION_APIKEY_ENABLED: "true", AUTHENTICATION_APIKEY_ALLOWED_KEYS: "one,two" };

  it("[G3] is for those who know a key", async () => {
    const { ask } = startWeaviate(undefined, keys);
    expect((await ask("GET", "/v1/meta")).answer.message).toContain("anonymous access not enabled");
    const refused = await Promise.all(
      ["three", "on", "one,two", ""].map((key) => ask("GET", "/v1/meta", undefined, key)),
    );
    expect(refused.map(({ status }) => status)).toEqual([401, 401, 401, 401]);
    const admitted = await Promise.all(["one", "two"].map((key) => ask("GET", "/v1/meta", undefined, key)));
    expect(admitted.map(({ status }) => status)).toEqual([200, 200]);
  });

  it.each(["live", "ready"])("needs no key to know that it is %s", async (state) => {
    expect((await startWeaviate(undefined, keys).ask("GET", `/v1/.well-known/${state}`)).status).toBe(200);
  });

  it("is for all where anonymous access is on", async () => {
    const open = { ...keys, AUTHENTICATION_ANONYMOUS_ACCESS_ENABLED: "true" };
    expect((await startWeaviate(undefined, open).ask("GET", "/v1/schema")).status).toBe(200);
  });

  it("says of a request that it does not know that it is a stand-in", async () => {
    expect(await startWeaviate().ask("GET", "/v1/nodes")).toEqual({
      status: 501,
      answer: { error: [{ message: "the stand-in for Weaviate does not know GET /v1/nodes" }] },
    });
  });

  it("is not given where copies would be kept: it can't", () => {
    expect(() => readSettings([], { RAFT_BOOTSTRAP_EXPECT: "3" })).toThrow(
      "the stand-in for Weaviate keeps no copies: run one, or the official image",
    );
  });
});

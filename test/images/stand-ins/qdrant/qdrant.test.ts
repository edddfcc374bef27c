import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../../support/temporary-folder.ts";
import { startQdrant } from "./support.ts";

const places = [
  { id: 1, vector: [1, 0], payload: { name: "east", floor: 1, tags: ["a", "b"] } },
  { id: 2, vector: [0, 2], payload: { name: "north", floor: 2 } },
  {
    id: "5c56c793-69f3-4fbf-87e6-c4bf54c28c26",
    vector: [-3, 0],
    payload: { name: "west", floor: 3, note: null },
  },
];

async function filled(distance = "Cosine") {
  const qdrant = startQdrant();
  await qdrant.ask("PUT", "/collections/places", { vectors: { size: 2, distance } });
  await qdrant.ask("PUT", "/collections/places/points?wait=true", { points: places });
  return qdrant;
}

describe("collections of the stand-in for Qdrant", () => {
  it("are made, listed, described and removed", async () => {
    const { ask } = await filled();
    expect(await ask("GET", "/collections")).toMatchObject({ result: { collections: [{ name: "places" }] } });
    expect((await ask("GET", "/collections/places")).result).toMatchObject({
      status: "green",
      points_count: 3,
      config: { params: { vectors: { size: 2, distance: "Cosine" } } },
    });
    expect((await ask("GET", "/collections/places/exists")).result).toEqual({ exists: true });
    expect((await ask("DELETE", "/collections/places")).result).toBe(true);
    expect((await ask("GET", "/collections/places/exists")).result).toEqual({ exists: false });
    expect((await ask("DELETE", "/collections/places")).result).toBe(false);
  });

  it("are missed and refused in Qdrant's words", async () => {
    const { ask } = await filled();
    const again = await ask("PUT", "/collections/places", { vectors: { size: 2, distance: "Dot" } });
    expect(again).toMatchObject({ status: 409, error: "Wrong input: Collection `places` already exists!" });
    expect(await ask("GET", "/collections/other")).toMatchObject({
      status: 404,
      error: "Not found: Collection `other` doesn't exist!",
    });
    const escaping = await ask("PUT", "/collections/..%2F..%2Fetc", {
      vectors: { size: 2, distance: "Dot" },
    });
    expect(escaping.status).toBe(422);
  });

  it.each([
    ["named vectors", { vectors: { image: { size: 2, distance: "Dot" } } }],
    ["sparse vectors", { vectors: { size: 2, distance: "Dot" }, sparse_vectors: { text: {} } }],
    ["an unknown distance", { vectors: { size: 2, distance: "Hamming" } }],
  ])("are refused with %s, which the stand-in can't answer for", async (_, body) => {
    expect((await startQdrant().ask("PUT", "/collections/places", body)).status).toBe(400);
  });

  it("are all there when it starts again", async () => {
    const folder = temporaryFolder();
    const first = startQdrant(folder);
    await first.ask("PUT", "/collections/places", { vectors: { size: 2, distance: "Euclid" } });
    await first.ask("PUT", "/collections/places/points", { points: places });
    first.store.close();
    const { ask } = startQdrant(folder);
    expect((await ask("POST", "/collections/places/points/count", {})).result).toEqual({ count: 3 });
    const { result } = await ask("POST", "/collections/places/points/query", { query: [0, 1], limit: 1 });
    expect(result.points).toEqual([{ id: 2, score: 1, version: 0 }]);
  });
});

describe("points of the stand-in for Qdrant", () => {
  it.each([
    ["Cosine", [0.8, -0.6], [0.8, -0.6, -0.8]],
    ["Dot", [0.8, -0.6], [0.8, -1.2, -2.4]],
    ["Euclid", [0, 0], [1, 2, 3]],
    ["Manhattan", [1, 1], [1, 2, 5]],
  ])("are found by %s, the nearest first", async (distance, vector, expected) => {
    const { ask } = await filled(distance);
    const { result } = await ask("POST", "/collections/places/points/search", { vector, limit: 10 });
    const scores = (result as { id: unknown; score: number }[]).map(({ score }) => score);
    expect(scores).toHaveLength(3);
    scores.forEach((score, index) => expect(score).toBeCloseTo(expected[index]!, 5));
    expect(result[0].id).toBe(1);
  });

  it.each([
    [{ must: [{ key: "name", match: { value: "west" } }] }, ["west"]],
    [{ must: { key: "tags", match: { any: ["b", "c"] } } }, ["east"]],
    [{ must: [{ key: "floor", range: { gt: 1, lte: 3 } }] }, ["north", "west"]],
    [{ must_not: [{ has_id: [1] }] }, ["north", "west"]],
    [
      {
        should: [
          { key: "floor", match: { value: 1 } },
          { key: "floor", match: { value: 2 } },
        ],
      },
      ["east", "north"],
    ],
    [{ must: [{ key: "name", match: { except: ["east"] } }, { must_not: [{ has_id: [2] }] }] }, ["west"]],
    [{ must: [{ is_null: { key: "note" } }] }, ["west"]],
    [{ must: [{ is_empty: { key: "tags" } }] }, ["north", "west"]],
  ])("are filtered by %j", async (filter, expected) => {
    const { ask } = await filled();
    const { result } = await ask("POST", "/collections/places/points/scroll", { filter });
    expect(result.points.map(({ payload }: { payload: { name: string } }) => payload.name)).toEqual(expected);
  });

  it("are refused by a filter that is not known, rather than found without it", async () => {
    const { ask } = await filled();
    const filter = { must: [{ key: "place", geo_radius: { center: { lat: 1, lon: 1 }, radius: 1 } }] };
    expect((await ask("POST", "/collections/places/points/count", { filter })).status).toBe(400);
  });

  it("are scrolled page by page, numbers before UUIDs", async () => {
    const { ask } = await filled();
    const first = (await ask("POST", "/collections/places/points/scroll", { limit: 2 })).result;
    expect(first.points.map(({ id }: { id: unknown }) => id)).toEqual([1, 2]);
    const offset = first.next_page_offset;
    const second = (await ask("POST", "/collections/places/points/scroll", { limit: 2, offset })).result;
    expect(second).toMatchObject({ points: [{ id: places[2]!.id }], next_page_offset: null });
  });

  it("are written over, read by their ids, and removed by ids or by a filter", async () => {
    const { ask } = await filled("Dot");
    await ask("PUT", "/collections/places/points", {
      points: [{ id: 1, vector: [5, 5], payload: { name: "here" } }],
    });
    expect((await ask("GET", "/collections/places/points/1")).result).toEqual({
      id: 1,
      vector: [5, 5],
      payload: { name: "here" },
    });
    const ids = (await ask("POST", "/collections/places/points", { ids: [2, 9], with_payload: ["name"] }))
      .result;
    expect(ids).toEqual([{ id: 2, payload: { name: "north" } }]);
    await ask("POST", "/collections/places/points/delete", { points: [1] });
    await ask("POST", "/collections/places/points/delete", {
      filter: { must: { key: "name", match: { value: "north" } } },
    });
    expect((await ask("POST", "/collections/places/points/count", {})).result).toEqual({ count: 1 });
    expect((await ask("GET", "/collections/places/points/1")).status).toBe(404);
  });

  it("are refused all together when one has the wrong dimension", async () => {
    const { ask } = await filled();
    const points = [
      { id: 7, vector: [1, 1] },
      { id: 8, vector: [1, 1, 1] },
    ];
    expect(await ask("PUT", "/collections/places/points", { points })).toMatchObject({
      status: 400,
      error: "Wrong input: Vector dimension error: expected dim: 2, got 3",
    });
    expect((await ask("GET", "/collections/places/points/7")).status).toBe(404);
  });

  it("are no hits beyond the threshold, or before the offset", async () => {
    const { ask } = await filled();
    const hits = async (body: object) =>
      (await ask("POST", "/collections/places/points/query", { query: { nearest: [1, 0] }, ...body })).result
        .points;
    expect(await hits({ score_threshold: 0.5 })).toMatchObject([{ id: 1 }]);
    expect(await hits({ offset: 1, limit: 1 })).toMatchObject([{ id: 2 }]);
  });
});

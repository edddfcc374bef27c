import { z } from "zod";
import { badRequest, RequestError } from "../request-error.ts";
import { product, sum } from "../vectors.ts";
import { read } from "./answer.ts";
import type { Ask, EngineRequest } from "./engine.ts";
import { type Similarity, type VectorField, vectorOf } from "./mapping.ts";

/** A search for the documents whose vector is most like another. */
const searchSchema = z.looseObject({
  size: z.number().int().nonnegative().default(10),
  from: z.literal(0).default(0),
  knn: z.strictObject({
    field: z.string(),
    query_vector: z.array(z.number()),
    k: z.number().int().positive().optional(),
    // How many an index would look at; here, all are.
    num_candidates: z.number().int().positive().optional(),
    filter: z.unknown().optional(),
    similarity: z.number().optional(),
  }),
});

interface Hit {
  readonly _index: string;
  readonly _id: string;
  readonly _score?: number | null;
  readonly _source?: Readonly<Record<string, unknown>>;
}

interface SearchAnswer {
  readonly _scroll_id?: string;
  readonly hits: { readonly hits: readonly Hit[] };
}

/** Whether a search asks for vectors. */
export const asksForNearest = (body: string) => /"knn"\s*:/.test(body);

/**
 * Compares the vectors of an index one by one, and answers the documents with the nearest.
 *
 * @param index - or several, or a pattern, as it stands in the path
 * @throws RequestError if the field holds no vector, or other things are asked for at the same time
 */
export async function nearest(index: string, body: string, ask: Ask): Promise<unknown> {
  const { knn, size, from: _, ...rest } = read(body, searchSchema);
  if ("query" in rest || "aggs" in rest || "sort" in rest)
    throw new RequestError(501, "the stand-in for Elasticsearch searches by knn or by a query, not by both");
  const started = performance.now();
  const field = await fieldOf(index, knn.field, ask);
  if (knn.query_vector.length !== field.dims)
    throw badRequest(
      `the query vector has a different dimension [${knn.query_vector.length}] than the index vectors [${field.dims}]`,
    );
  const wanted = Float32Array.from(knn.query_vector);
  const scores = new Map<string, { readonly hit: Hit; readonly score: number }>();
  for await (const hit of all(index, knn.field, knn.filter, ask)) {
    const vector = valueAt(hit["_source"], knn.field);
    if (!Array.isArray(vector) || vector.length !== field.dims) continue;
    scores.set(keyOf(hit), { hit, score: SCORES[field.similarity](wanted, Float32Array.from(vector)) });
  }
  const best = [...scores.values()].toSorted((a, b) => b.score - a.score).slice(0, knn.k ?? size);
  const query = { ids: { values: best.map(({ hit }) => hit["_id"]) } };
  const found = await search(ask, `/${index}/_search`, { ...rest, query, size: best.length });
  const hits = found.hits.hits
    .filter((hit) => best.some((one) => keyOf(one.hit) === keyOf(hit)))
    .map((hit) => ({ ...hit, _score: scores.get(keyOf(hit))!.score }))
    .toSorted((a, b) => b["_score"] - a["_score"]);
  return {
    took: Math.round(performance.now() - started),
    timed_out: false,
    _shards: { total: 1, successful: 1, skipped: 0, failed: 0 },
    hits: {
      total: { value: hits.length, relation: "eq" },
      max_score: hits[0]?.["_score"] ?? null,
      hits: hits.slice(0, size),
    },
  };
}

/** Scores as Elasticsearch's documentation of `similarity` has them: the higher, the more alike. */
const SCORES: Readonly<Record<Similarity, (a: Float32Array, b: Float32Array) => number>> = {
  cosine: (a, b) => (1 + product(a, b) / Math.sqrt(product(a, a) * product(b, b))) / 2,
  dot_product: (a, b) => (1 + product(a, b)) / 2,
  l2_norm: (a, b) => 1 / (1 + sum(a, (value, index) => (value - b[index]!) ** 2)),
};

const keyOf = ({ _index, _id }: Hit) => `${_index}/${_id}`;

/** Documents that are fetched at a time. */
const PAGE = 1000;

/** All documents of an index that a filter lets through, with one field of each. */
async function* all(index: string, field: string, filter: unknown, ask: Ask): AsyncGenerator<Hit> {
  const query = filter === undefined ? { match_all: {} } : { bool: { filter } };
  let page = await search(ask, `/${index}/_search?scroll=1m`, { size: PAGE, _source: [field], query });
  while (page.hits.hits.length > 0) {
    yield* page.hits.hits;
    page = await search(ask, "/_search/scroll", { scroll: "1m", scroll_id: page["_scroll_id"] });
  }
  const body = JSON.stringify({ scroll_id: page["_scroll_id"] });
  await answered(ask, { method: "DELETE", path: "/_search/scroll", body });
}

async function fieldOf(index: string, field: string, ask: Ask): Promise<VectorField> {
  const mapped = await answered<Record<string, { mappings: object }>>(ask, {
    method: "GET",
    path: `/${index}/_mapping`,
  });
  const steps = field.split(".").flatMap((name) => ["properties", name]);
  const vectors = Object.values(mapped).flatMap(
    ({ mappings }) => vectorOf(steps.reduce<unknown>(inside, mappings)) ?? [],
  );
  if (vectors[0]) return vectors[0];
  throw badRequest(`field [${field}] does not exist in the mapping, or is no dense_vector`);
}

function valueAt(source: unknown, field: string): unknown {
  return field.split(".").reduce<unknown>(inside, source);
}

function inside(value: unknown, name: string): unknown {
  return value !== null && typeof value === "object" ? (value as Record<string, unknown>)[name] : undefined;
}

function search(ask: Ask, path: string, body: object): Promise<SearchAnswer> {
  return answered(ask, { method: "POST", path, body: JSON.stringify(body) });
}

/** What the engine answers; where it refuses, its own words are passed on. */
async function answered<Answer>(ask: Ask, request: EngineRequest): Promise<Answer> {
  const response = await ask(request);
  const text = await response.text();
  if (!response.ok) throw new RequestError(response.status === 404 ? 404 : 400, text);
  return JSON.parse(text) as Answer;
}

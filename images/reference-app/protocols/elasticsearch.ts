import { randomUUID } from "node:crypto";
import { jsonApi, randomVector } from "./json-api.ts";
import type { Protocol } from "./protocol.ts";

/** What a server says of a mapping, as far as it is looked at; each index has its own, whatever name it was asked for by. */
type Mapped = Readonly<Record<string, { readonly mappings: { readonly properties?: Fields } }>>;
type Fields = Readonly<Record<string, { readonly type?: string; readonly dims?: number }>>;

/** The part of an answer to a search that is looked at. */
interface Found {
  readonly hits: { readonly hits: readonly { readonly _id: string }[] };
}

/** A document with a vector, written to the index that it is told of, or else to one of its own, and found by a search. */
export const elasticsearch: Protocol = {
  title: "Elasticsearch",
  sign: {
    schemes: { http: 80, https: 443 },
    variable: /^ELASTICSEARCH_(URL|URI)$/,
    parts: {
      scheme: "http",
      host: "ELASTICSEARCH_HOST",
      port: "ELASTICSEARCH_PORT",
      defaultPort: 9200,
      user: "ELASTICSEARCH_USER",
      password: "ELASTICSEARCH_PASSWORD",
    },
  },
  async prove({ url, service, variables, signal }) {
    const ask = jsonApi(url, {}, signal);
    const index = variables["ELASTICSEARCH_INDEX"] || ownIndex(service);
    if (index === ownIndex(service)) {
      // Bad request: it was there already.
      await ask({ method: "PUT", path: `/${index}`, body: OWN_INDEX, accept: [400] });
    }
    const mapped = await ask<Mapped>({ method: "GET", path: `/${index}/_mapping` });
    const [field, dims] = vectorField(index, mapped);
    const document = `/${index}/_doc/${randomUUID()}?refresh=true`;
    const vector = unit(randomVector(dims));
    const written = await ask<{ _id: string }>({ method: "PUT", path: document, body: { [field]: vector } });
    try {
      const knn = { field, query_vector: vector, k: 1, num_candidates: 100 };
      const { hits } = await ask<Found>({ method: "POST", path: `/${index}/_search`, body: { knn } });
      if (hits.hits[0]?.["_id"] !== written["_id"])
        throw new Error(
          `a document was written to index ${index}, but the search for it found something else`,
        );
    } finally {
      await ask({ method: "DELETE", path: document, accept: [404] });
    }
    return `document with a vector of ${dims} numbers written to ${index} and found by a search`;
  },
};

const OWN_INDEX = {
  mappings: { properties: { vector: { type: "dense_vector", dims: 8, similarity: "cosine" } } },
};

function ownIndex(service: string): string {
  return `reference-${service
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .slice(0, 200)}-proof`;
}

/** The field of an index that holds a vector, and how many numbers that has. */
function vectorField(index: string, mapped: Mapped): [field: string, dims: number] {
  const fields = Object.values(mapped).flatMap(({ mappings }) => Object.entries(mappings.properties ?? {}));
  for (const [field, { type, dims }] of fields) if (type === "dense_vector" && dims) return [field, dims];
  throw new Error(`index ${index} has no field for a vector: map one as dense_vector, with its dims`);
}

/** A vector of the same direction and of length 1, which some similarities ask for. */
function unit(vector: readonly number[]): readonly number[] {
  const length = Math.hypot(...vector);
  return vector.map((number) => number / length);
}

import { randomUUID } from "node:crypto";
import { jsonApi, randomVector } from "./json-api.ts";
import type { Protocol } from "./protocol.ts";

/** The part of an answer to a query that is looked at. */
interface Found {
  readonly result: { readonly points: readonly { readonly id: string }[] };
}

/** A vector of its own in a collection of its own, written and found by a query. */
export const qdrant: Protocol = {
  title: "Qdrant",
  sign: {
    schemes: { http: 80, https: 443 },
    variable: /^QDRANT_(URL|URI)$/,
    parts: { scheme: "http", host: "QDRANT_HOST", port: "QDRANT_PORT", defaultPort: 6333 },
  },
  async prove({ url, service, variables, signal }) {
    const key = variables["QDRANT_API_KEY"];
    const ask = jsonApi(url, key ? { "api-key": key } : {}, signal);
    const name = `reference-${service.replaceAll(/[^A-Za-z0-9]+/g, "-").slice(0, 200)}-proof`;
    const vector = randomVector();
    const path = `/collections/${name}`;
    const vectors = { size: vector.length, distance: "Cosine" };
    // Conflict: it was there already.
    await ask({ method: "PUT", path, body: { vectors }, accept: [409] });
    const id = randomUUID();
    await ask({ method: "PUT", path: `${path}/points?wait=true`, body: { points: [{ id, vector }] } });
    try {
      const query = { query: vector, limit: 1 };
      const { result } = await ask<Found>({ method: "POST", path: `${path}/points/query`, body: query });
      if (result.points[0]?.id !== id)
        throw new Error(
          `a vector was written to collection ${name}, but the query for it found something else`,
        );
    } finally {
      await ask({ method: "POST", path: `${path}/points/delete?wait=true`, body: { points: [id] } });
    }
    return `vector upserted into ${name} and found by a query`;
  },
};

import { randomUUID } from "node:crypto";
import { authorization, type Protocol } from "./protocol.ts";

/** A collection of its own with one vector, written anew and found by a query. */
export const chroma: Protocol = {
  title: "Chroma",
  sign: {
    schemes: { http: 80, https: 443 },
    variable: /^CHROMA_(URL|URI)$/,
    parts: { scheme: "http", host: "CHROMA_HOST", port: "CHROMA_PORT", defaultPort: 8000 },
  },
  async prove({ url, service, signal }) {
    const { ChromaClient } = await import("chromadb");
    // The client hides why it can't connect; this rejects with the reason.
    await fetch(new URL("/api/v2/heartbeat", url.origin), { headers: authorization(url), signal });
    const secure = url.protocol === "https:";
    const client = new ChromaClient({
      host: url.hostname,
      port: Number(url.port) || (secure ? 443 : 80),
      ssl: secure,
      headers: authorization(url),
      fetchOptions: { signal },
    });
    const name = collectionName(service);
    // Vectors are given: an embedding function would download a model.
    const collection = await client.getOrCreateCollection({ name, embeddingFunction: null });
    const written = randomUUID();
    const vector = [0.6, 0.8, 0];
    await collection.upsert({ ids: ["proof"], embeddings: [vector], metadatas: [{ written }] });
    const found = await collection.query({
      queryEmbeddings: [vector],
      nResults: 1,
      include: ["metadatas"],
    });
    if (found.rows().at(0)?.at(0)?.metadata?.["written"] !== written) {
      throw new Error(
        `a vector was written to collection ${name}, but the query for it found something else`,
      );
    }
    return `vector upserted into ${name} and found by a query`;
  },
};

/** Chroma allows letters, digits, dots, hyphens and underscores, a letter or digit at either end. */
function collectionName(service: string): string {
  return `reference-${service.replaceAll(/[^A-Za-z0-9]+/g, "-").slice(0, 200)}-proof`;
}

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import type { Hono } from "hono";
import { describe, expect, it, onTestFinished } from "vitest";
import { discover } from "../../../images/reference-app/discovery.ts";
import { proveOnce } from "../../../images/reference-app/proving.ts";
import { ADMIN_PASSWORD, startElasticsearch } from "../stand-ins/elasticsearch/support.ts";
import { startQdrant } from "../stand-ins/qdrant/support.ts";
import { startWeaviate } from "../stand-ins/weaviate/support.ts";
import { startHttpServer } from "./support.ts";

async function serve(application: Hono): Promise<number> {
  const server = createServer(getRequestListener(application.fetch));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

function prove(variables: Record<string, string>) {
  const [dependency] = discover(variables).dependencies;
  const { signal } = new AbortController();
  return proveOnce(dependency!, {
    service: "doc QA",
    variables,
    timeoutSeconds: 10,
    signal,
    redact: (text) => text,
  });
}

describe("a proof by qdrant", () => {
  const keys = { QDRANT__SERVICE__API_KEY: "k3y" };

  it("writes a vector, finds it by a query, and leaves none behind", async () => {
    const { application, store } = startQdrant(undefined, keys);
    const variables = {
      QDRANT_HOST: "127.0.0.1",
      QDRANT_PORT: `${await serve(application)}`,
      QDRANT_API_KEY: "k3y",
    };
    const proofs = await Promise.all([1, 2, 3].map(() => prove(variables)));
    for (const proof of proofs) {
      expect(proof).toMatchObject({
        ok: true,
        detail: "vector upserted into reference-doc-QA-proof and found by a query",
      });
    }
    expect(store.get("reference-doc-QA-proof").count).toBe(0);
  });

  it("[G3] fails with the wrong key, and says what the server said", async () => {
    const { application } = startQdrant(undefined, keys);
    const variables = { QDRANT_URL: `http://127.0.0.1:${await serve(application)}`, QDRANT_API_KEY: "wrong" };
    expect(await prove(variables)).toMatchObject({
      ok: false,
      detail: "PUT /collections/reference-doc-QA-proof answered 401: Invalid API key or JWT",
    });
  });

  it("fails when the server says that it wrote, but finds something else", async () => {
    const port = await startHttpServer((_, response) =>
      response.end('{"result":{"points":[{"id":"other"}]}}'),
    );
    expect(await prove({ QDRANT_URL: `http://127.0.0.1:${port}` })).toMatchObject({
      ok: false,
      detail: expect.stringContaining("the query for it found something else"),
    });
  });
});

describe("a proof by weaviate", () => {
  const keys = { AUTHENTICATION_APIKEY_ENABLED: "true", AUTHENTICATION_APIKEY_ALLOWED_KEYS: "k3y" };

  it("writes an object, finds it by a query, and leaves none behind", async () => {
    const { application, store } = startWeaviate(undefined, keys);
    const variables = {
      WEAVIATE_URL: `http://127.0.0.1:${await serve(application)}`,
      WEAVIATE_API_KEY: "k3y",
    };
    const proofs = await Promise.all([1, 2, 3].map(() => prove(variables)));
    for (const proof of proofs) {
      expect(proof).toMatchObject({
        ok: true,
        detail: "object written to Reference_doc_QA_proof and found by a query",
      });
    }
    expect(store.objects("Reference_doc_QA_proof")).toEqual([]);
  });

  it("[G3] fails with the wrong key, and says what the server said", async () => {
    const { application } = startWeaviate(undefined, keys);
    const variables = {
      WEAVIATE_URL: `http://127.0.0.1:${await serve(application)}`,
      WEAVIATE_API_KEY: "wrong",
    };
    expect(await prove(variables)).toMatchObject({
      ok: false,
      detail: expect.stringContaining("POST /v1/schema answered 401"),
    });
  });
});

describe("a proof by elasticsearch", () => {
  const at = (port: number, password = ADMIN_PASSWORD) => ({
    ELASTICSEARCH_URL: `http://elastic:${password}@127.0.0.1:${port}`,
  });

  it("writes a document with a vector to an index of its own, finds it by a search, and leaves none behind", async () => {
    const { application, indices } = startElasticsearch();
    const port = await serve(application);
    const proofs = await Promise.all([1, 2, 3].map(() => prove(at(port))));
    for (const proof of proofs) {
      expect(proof).toMatchObject({
        ok: true,
        detail: "document with a vector of 8 numbers written to reference-doc-qa-proof and found by a search",
      });
    }
    expect(indices.get("reference-doc-qa-proof")!.documents.size).toBe(0);
  });

  it("[S4] writes to the index that it is told of, to the field that is mapped there, and makes none", async () => {
    const { ask, application, indices } = startElasticsearch();
    const variables = { ...at(await serve(application)), ELASTICSEARCH_INDEX: "agent_skills" };
    expect(await prove(variables)).toMatchObject({
      ok: false,
      detail: expect.stringContaining("GET /agent_skills/_mapping answered 404"),
    });
    await ask("PUT", "/plain", { mappings: { properties: { name: { type: "keyword" } } } });
    expect(await prove({ ...variables, ELASTICSEARCH_INDEX: "plain" })).toMatchObject({
      ok: false,
      detail: "index plain has no field for a vector: map one as dense_vector, with its dims",
    });
    const properties = { embedding: { type: "dense_vector", dims: 384, similarity: "dot_product" } };
    await ask("PUT", "/agent_skills", { mappings: { properties } });
    expect(await prove(variables)).toMatchObject({
      ok: true,
      detail: "document with a vector of 384 numbers written to agent_skills and found by a search",
    });
    expect(indices.get("agent_skills")!.documents.size).toBe(0);
    expect([...indices.keys()]).toEqual(["plain", "agent_skills"]);
  });

  it("[S2] [G3] fails with the wrong password, and says what the server said", async () => {
    const port = await serve(startElasticsearch().application);
    expect(await prove(at(port, "wrong"))).toMatchObject({
      ok: false,
      detail: expect.stringMatching(
        /^PUT \/reference-doc-qa-proof answered 401: .*unable to authenticate user/,
      ),
    });
  });

  it("fails when the server says that it wrote, but finds something else", async () => {
    const port = await startHttpServer(({ url }, response) => {
      const mapped = { own: { mappings: { properties: { v: { type: "dense_vector", dims: 2 } } } } };
      const other = { _id: "one", hits: { hits: [{ _id: "another" }] } };
      response.end(JSON.stringify(url!.endsWith("_mapping") ? mapped : other));
    });
    expect(await prove(at(port))).toMatchObject({
      ok: false,
      detail: expect.stringContaining("the search for it found something else"),
    });
  });
});

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import type { Hono } from "hono";
import { describe, expect, it, onTestFinished } from "vitest";
import { discover } from "../../../images/reference-app/discovery.ts";
import { proveOnce } from "../../../images/reference-app/proving.ts";
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

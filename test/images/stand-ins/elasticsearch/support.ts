import { Hono } from "hono";
import { Accounts } from "../../../../images/stand-ins/elasticsearch/accounts.ts";
import { createApplication } from "../../../../images/stand-ins/elasticsearch/application.ts";
import type { Ask, EngineRequest } from "../../../../images/stand-ins/elasticsearch/engine.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";

/** Password of the administrator of a stand-in under test. */
export const ADMIN_PASSWORD = "s3cret";

interface Index {
  mappings: object;
  readonly documents: Map<string, object>;
}

/**
 * What the stand-in asks of OpenSearch, in memory: indices with their mappings as they were given, documents by their ids, and
 * searches for all or for some of them.
 */
function fakeEngine(): {
  readonly ask: Ask;
  readonly asked: EngineRequest[];
  readonly indices: Map<string, Index>;
} {
  const indices = new Map<string, Index>();
  const asked: EngineRequest[] = [];
  const application = new Hono()
    .put("/:index", async ({ req, json }) => {
      if (indices.has(req.param("index"))) return json({ error: "resource_already_exists_exception" }, 400);
      const { mappings = {} } = await req.json<{ mappings?: object }>();
      indices.set(req.param("index"), { mappings, documents: new Map() });
      return json({ acknowledged: true });
    })
    .get("/:index/_mapping", ({ req, json, notFound }) => {
      const name = req.param("index");
      const index = indices.get(name);
      return index ? json({ [name]: { mappings: index.mappings } }) : notFound();
    })
    .put("/:index/_doc/:id", async ({ req, json }) => {
      const index = indices.get(req.param("index"))!;
      index.documents.set(req.param("id"), await req.json());
      return json({ _id: req.param("id") }, 201);
    })
    .delete("/:index/_doc/:id", ({ req, json }) => {
      const isFound = indices.get(req.param("index"))!.documents.delete(req.param("id"));
      return json({}, isFound ? 200 : 404);
    })
    .post("/_search/scroll", ({ json }) => json({ _scroll_id: "s", hits: { hits: [] } }))
    .delete("/_search/scroll", ({ json }) => json({ succeeded: true }))
    .post("/:index/_search", async ({ req, json, notFound }) => {
      const { query, size } = await req.json<{ query?: { ids?: { values: string[] } }; size: number }>();
      const name = req.param("index");
      if (!indices.has(name)) return notFound();
      const hits = [...indices.get(name)!.documents]
        .filter(([id]) => query?.ids?.values.includes(id) ?? true)
        .map(([_id, _source]) => ({ _index: name, _id, _score: 1, _source }));
      return json({ _scroll_id: "s", hits: { hits: hits.slice(0, size) } });
    });
  application.notFound(({ json }) => json({ error: "there is no such thing" }, 404));
  const ask: Ask = async (request) => {
    asked.push(request);
    const { method, path, body } = request;
    return application.request(path, { method, ...(body !== undefined && { body }) });
  };
  return { ask, asked, indices };
}

/** A stand-in in this process, with users in a folder and a fake engine behind. */
export function startElasticsearch(folder = temporaryFolder()) {
  const engine = fakeEngine();
  const accounts = new Accounts(folder, ADMIN_PASSWORD);
  const application = createApplication(engine.ask, accounts, { cluster: "search", node: "search-0" });
  const ask = async (method: string, path: string, body?: unknown, as = `elastic:${ADMIN_PASSWORD}`) => {
    const response = await application.request(path, {
      method,
      headers: as ? { authorization: `Basic ${Buffer.from(as).toString("base64")}` } : {},
      ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      json: text ? JSON.parse(text) : undefined,
    };
  };
  return { ...engine, ask, application, folder };
}

import { chmodSync, readFileSync, statSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readSettings } from "../../../../images/stand-ins/elasticsearch/settings.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";
import { startElasticsearch } from "./support.ts";

const ROLE = { cluster: ["monitor"], indices: [{ names: ["skills", "logs-*"], privileges: ["all"] }] };
const BACKEND = "backend:passw0rd";

/** A stand-in with a user who has two kinds of indices. */
async function withBackend(folder?: string) {
  const started = startElasticsearch(folder);
  await started.ask("PUT", "/_security/role/client_backend", ROLE);
  await started.ask("PUT", "/_security/user/backend", { password: "passw0rd", roles: ["client_backend"] });
  return started;
}

describe("users of the stand-in for Elasticsearch", () => {
  it("[S2] [G3] are asked for their passwords for whatever they want", async () => {
    const { ask, asked } = startElasticsearch();
    for (const as of ["", "elastic:wrong", "nobody:s3cret", "elastic"]) {
      const answer = await ask("GET", "/skills/_search", undefined, as);
      expect(answer.status).toBe(401);
      expect(answer.json).toMatchObject({ status: 401, error: { type: "security_exception" } });
      expect(answer.headers.get("www-authenticate")).toContain("Basic");
    }
    expect(asked).toEqual([]);
  });

  it("are made and changed by the administrator alone", async () => {
    const { ask } = await withBackend();
    const user = { password: "changed1", roles: [] };
    expect((await ask("PUT", "/_security/user/backend", user, BACKEND)).status).toBe(403);
    expect((await ask("PUT", "/_security/user/backend", user)).json).toEqual({ created: false });
    expect((await ask("GET", "/", undefined, BACKEND)).status).toBe(401);
    expect((await ask("GET", "/_security/_authenticate", undefined, "backend:changed1")).json).toMatchObject({
      username: "backend",
      roles: [],
    });
    expect((await ask("DELETE", "/_security/user/backend")).status).toBe(200);
    expect((await ask("GET", "/_security/_authenticate", undefined, "backend:changed1")).status).toBe(401);
  });

  it("[G6] are there after a restart, without their passwords in any file", async () => {
    const folder = temporaryFolder();
    await withBackend(folder);
    const { ask } = startElasticsearch(folder);
    expect((await ask("GET", "/", undefined, BACKEND)).status).toBe(200);
    const file = `${folder}/stand-in-accounts.json`;
    expect(readFileSync(file, "utf8")).not.toContain("passw0rd");
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it.each([
    ["privileges in an index that are not all", { indices: [{ names: ["a"], privileges: ["read"] }] }],
    ["rights to the server that it does not know", { cluster: ["manage"] }],
    ["fields of an index", { indices: [{ names: ["a"], privileges: ["all"], field_security: {} }] }],
  ])("are given no %s, since it could not keep them", async (_, role) => {
    expect((await startElasticsearch().ask("PUT", "/_security/role/r", role)).status).toBe(400);
  });

  it.each([
    ["PUT", "/skills", {}],
    ["PUT", "/logs-2026", {}],
    ["POST", "/skills,logs-*/_search", {}],
    ["POST", "/skills/_search", { query: { match: { text: "index" } } }],
    ["GET", "/_cluster/health", undefined],
    [
      "POST",
      "/_bulk",
      '{"index":{"_index":"skills"}}\n{"_index":"hidden"}\n{"delete":{"_index":"logs-1"}}\n',
    ],
    ["POST", "/skills/_bulk", '{"create":{}}\n{"text":"x"}\n'],
  ])("may ask %s %s of their own", async (method, path, body) => {
    const { ask, asked } = await withBackend();
    expect((await ask(method, path, body, BACKEND)).status).not.toBe(403);
    expect(asked.at(-1)!.path).toBe(path);
  });

  it.each([
    ["PUT", "/others", {}],
    ["GET", "/skills,others/_search", undefined],
    ["GET", "/sk*/_search", undefined],
    ["GET", "/%6Fthers/_search", undefined],
    ["GET", "//others//_search", undefined],
    ["GET", "/skills/../others/_search", undefined],
    ["GET", "/_all/_search", undefined],
    ["GET", "/_search", undefined],
    ["GET", "/skills%2Cothers/_search", undefined],
    ["PUT", "/_cluster/settings", {}],
    ["POST", "/_reindex", { source: { index: "others" }, dest: { index: "skills" } }],
    ["POST", "/skills/_clone/others", {}],
    ["PUT", "/skills", { aliases: { others: {} } }],
    ["POST", "/_bulk", '{"index":{"_index":"others"}}\n{}\n'],
    ["POST", "/skills/_bulk", '{"delete":{"_id":"1"}}\n{"index":{"_index":"others"}}\n{}\n'],
    ["POST", "/_mget", { docs: [{ _index: "others", _id: "1" }] }],
    ["POST", "/skills/_search", { query: { terms: { user: { index: "others", id: "1", path: "x" } } } }],
    ["GET", "/skills/_search?source={}&source_content_type=application/json", undefined],
  ])("may not ask %s %s %j, which is not theirs alone", async (method, path, body) => {
    const { ask, asked } = await withBackend();
    expect([400, 403, 501]).toContain((await ask(method, path, body, BACKEND)).status);
    expect(asked).toEqual([]);
  });
});

it("the stand-in for Elasticsearch refuses a request to read that has a body, and does not answer another", async () => {
  const { application, asked } = startElasticsearch();
  const authorization = `Basic ${Buffer.from("elastic:s3cret").toString("base64")}`;
  const headers = { authorization, "content-length": "2" };
  expect((await application.request("/skills/_search", { headers })).status).toBe(501);
  expect(asked).toEqual([]);
});

describe("vectors in the stand-in for Elasticsearch", () => {
  const MAPPINGS = {
    properties: {
      properties: { type: "keyword" },
      place: { properties: { at: { type: "dense_vector", dims: 2, similarity: "l2_norm" } } },
      vector: { type: "dense_vector", dims: 2 },
    },
  };

  it("are kept as numbers, and shown as they were described", async () => {
    const { ask, indices } = startElasticsearch();
    await ask("PUT", "/skills", { mappings: MAPPINGS });
    expect(indices.get("skills")!.mappings).toMatchObject({
      properties: { vector: { type: "float", index: false, meta: { dense_vector: "cosine 2" } } },
    });
    const { json } = await ask("GET", "/skills/_mapping");
    expect(json.skills.mappings).toEqual({
      properties: {
        properties: { type: "keyword" },
        place: { properties: { at: { type: "dense_vector", dims: 2, index: true, similarity: "l2_norm" } } },
        vector: { type: "dense_vector", dims: 2, index: true, similarity: "cosine" },
      },
    });
  });

  /** Three documents, and what a search for the nearest finds: ids with scores. */
  async function found(knn: object, more: object = {}) {
    const { ask } = startElasticsearch();
    await ask("PUT", "/skills", { mappings: MAPPINGS });
    const documents = { east: [2, 0], north: [0, 1], west: [-1, 0] };
    for (const [id, at] of Object.entries(documents))
      await ask("PUT", `/skills/_doc/${id}`, { vector: at, place: { at } });
    await ask("PUT", "/skills/_doc/nowhere", { text: "without a vector" });
    const answer = await ask("POST", "/skills/_search", { knn, ...more });
    const hits = answer.json.hits?.hits as { _id: string; _score: number }[] | undefined;
    return { answer, hits: hits?.map((hit) => [hit["_id"], hit["_score"]]) };
  }

  it.each([
    [
      "vector",
      [
        ["east", 1],
        ["north", 0.5],
        ["west", 0],
      ],
    ],
    [
      "place.at",
      [
        ["east", 0.5],
        ["north", 1 / 3],
        ["west", 0.2],
      ],
    ],
  ])("are compared as the similarity of %s says, and the nearest answered first", async (field, expected) => {
    expect((await found({ field, query_vector: [1, 0], k: 10 })).hits).toEqual(expected);
    expect((await found({ field, query_vector: [1, 0], k: 2 }, { size: 1 })).hits).toEqual(
      expected.slice(0, 1),
    );
  });

  it.each([
    [{ field: "vector", query_vector: [1, 0, 0] }, {}, 400, "has a different dimension [3]"],
    [{ field: "text", query_vector: [1, 0] }, {}, 400, "is no dense_vector"],
    [{ field: "vector", query_vector: [1, 0] }, { query: { match_all: {} } }, 501, "not by both"],
    [{ field: "vector", query_vector: [1, 0], rescore: 1 }, {}, 400, "rescore"],
  ])("are not searched by %j with %j", async (knn, more, status, reason) => {
    const { answer } = await found(knn, more);
    expect(answer.status).toBe(status);
    expect(answer.json.error.reason).toContain(reason);
  });

  it("have to name their dims", async () => {
    const mappings = { properties: { vector: { type: "dense_vector" } } };
    expect((await startElasticsearch().ask("PUT", "/skills", { mappings })).status).toBe(400);
  });
});

it("the stand-in for Elasticsearch presents itself as clients of Elasticsearch want it, and says what it is", async () => {
  const { headers, json } = await startElasticsearch().ask("GET", "/");
  expect(headers.get("x-elastic-product")).toBe("Elasticsearch");
  expect(json).toMatchObject({
    name: "search-0",
    cluster_name: "search",
    version: { number: "8.19.20" },
    standIn: "stand-in for elasticsearch",
  });
});

describe("settings of the stand-in for Elasticsearch", () => {
  const read = (yaml: string, environment: NodeJS.ProcessEnv = { ELASTIC_PASSWORD: "s3cret" }) =>
    readSettings({ ES_PATH_CONF: temporaryFolder({ "elasticsearch.yml": yaml }), ...environment });

  it("are those of the official image", () => {
    const environment = { ELASTIC_PASSWORD: "p", ES_JAVA_OPTS: "-Xms1g  -Xmx1g", HOSTNAME: "search-0" };
    expect(
      read('node.name: "${HOSTNAME}"\nhttp.host: 0.0.0.0\nnode.store.allow_mmap: false\n', environment),
    ).toEqual({
      cluster: "docker-cluster",
      node: "search-0",
      host: "0.0.0.0",
      port: 9200,
      data: "/usr/share/elasticsearch/data",
      mapped: false,
      javaOptions: ["-Xms1g", "-Xmx1g"],
      administratorPassword: "p",
    });
  });

  it.each([
    ["discovery.seed_hosts: [a, b]", undefined, "keeps no copies"],
    ["xpack.security.enabled: false", undefined, "can't be off"],
    ["", {}, "set ELASTIC_PASSWORD or ELASTIC_PASSWORD_FILE"],
    ["", { ELASTIC_PASSWORD: "p", ELASTIC_PASSWORD_FILE: "/p" }, "set one of them"],
  ])("are refused for %j and %j", (yaml, environment, message) => {
    expect(() => read(yaml, environment)).toThrow(message);
  });

  it("[G3] take the password from a file that nobody else reads, and from no other", () => {
    const file = `${temporaryFolder({ password: "from a file\n" })}/password`;
    chmodSync(file, 0o644);
    expect(() => read("", { ELASTIC_PASSWORD_FILE: file })).toThrow(
      "has the permissions 644; give it 400 or 600",
    );
    chmodSync(file, 0o400);
    expect(read("", { ELASTIC_PASSWORD_FILE: file }).administratorPassword).toBe("from a file");
  });
});

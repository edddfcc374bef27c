import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { Reference } from "../../../components/model/reference.ts";
import type { JobWorkload } from "../../../components/model/workload.ts";
import { Elasticsearch } from "../../../components/services/elasticsearch.ts";
import { elasticsearchRecipe } from "../../../components/services/elasticsearch-recipe.ts";
import type { IndexDefinition } from "../../../components/services/search-preparation.ts";
import { embeddedReference } from "../../../embedded/images/recipes.ts";
import { discover } from "../../../images/reference-app/discovery.ts";
import { proveOnce } from "../../../images/reference-app/proving.ts";
import type { Containers, Started } from "../../support/containers.ts";
import { openWith } from "../../support/embedded-images.ts";
import { deploy } from "../../support/engine.ts";
import { settled } from "../../support/outputs.ts";
import { RecordingTarget } from "../../support/recording-target.ts";
import { runJob, startWorkload } from "../../support/started-workload.ts";

const ADMIN = "elastic:generated-by-elasticsearch-admin";
const BACKEND = "backend:generated-by-elasticsearch-backend";
const SKILLS: IndexDefinition = {
  mappings: {
    dynamic: "strict",
    properties: {
      name: { type: "keyword" },
      text: { type: "text" },
      embedding: { type: "dense_vector", dims: 2, similarity: "cosine" },
    },
  },
};

const recipe = elasticsearchRecipe(
  {
    image: embeddedReference("elasticsearch"),
    resources: { cpuRequest: 0.5, cpuLimit: 2, memoryRequestMiB: 1024, memoryLimitMiB: 1024 },
    storageGiB: 1,
    mapped: true,
    admin: Reference.hidden(ADMIN.slice(ADMIN.indexOf(":") + 1)),
    identity: undefined,
  },
  { host: "elasticsearch", copies: 1, peers: ["elasticsearch"] },
);

let containers: Containers;
beforeAll(async () => {
  containers = await openWith("elasticsearch", "elasticsearch", "curl");
});
afterAll(() => containers.close());

async function start(name: string): Promise<Started> {
  const server = await startWorkload(containers, name, recipe, "http");
  await ready(server);
  return server;
}

/** Waits until its readiness probe succeeds. */
async function ready(server: Started): Promise<void> {
  const { check } = recipe.probes.readiness;
  const command = check.kind === "exec" ? check.command : [];
  await vi.waitFor(async () => expect(await server.run(command), await server.log()).toBe(0), {
    timeout: 120_000,
    interval: 500,
  });
}

async function ask(server: Started, method: string, path: string, body?: unknown, as = ADMIN) {
  const response = await fetch(`http://${await server.address()}${path}`, {
    method,
    headers: {
      "content-type": "application/json",
      ...(as && { authorization: `Basic ${Buffer.from(as).toString("base64")}` }),
    },
    ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, json: text ? JSON.parse(text) : undefined };
}

/** The job that prepares the server for a client, as the component asks its target for it. */
async function preparation(definition = SKILLS): Promise<JobWorkload> {
  const target = new RecordingTarget();
  await deploy(async () => {
    const server = new Elasticsearch("elasticsearch", { target });
    await settled(server.client("backend", { agent_skills: definition }).url.value);
  });
  return { ...target.jobs["elasticsearch-backend-client"]!, image: embeddedReference("curl") };
}

const count = async (server: Started) => (await ask(server, "GET", "/agent_skills/_count")).json.count;

describe("the stand-in for the elasticsearch image", () => {
  it("[S2] [G3] [G7] serves without rights those who know the password, and says what it is", async () => {
    const server = await start("guarded");
    expect((await ask(server, "GET", "/", undefined, "")).status).toBe(401);
    expect((await ask(server, "GET", "/", undefined, "elastic:wrong")).status).toBe(401);
    expect((await ask(server, "GET", "/")).json).toMatchObject({ cluster_name: "elasticsearch" });
    expect(await server.run(["sh", "-c", "test $(id -u) = 1000 && ! touch /usr/share/written"])).toBe(0);
    const search = "cat /proc/[0-9]*/environ /proc/[0-9]*/cmdline | tr '\\0' '\\n' | grep -q";
    expect(await server.run(["sh", "-c", `${search} '^ELASTIC_PASSWORD_FILE='`])).toBe(0);
    // Brackets, so that the search does not find itself.
    expect(await server.run(["sh", "-c", `${search} '[g]enerated-by'`])).toBe(1);
    expect(await server.log()).toContain("stand-in for elasticsearch");
  });

  it("[S4] [G5] [G13] is prepared for a client, who has its index and no other, however often that is done", async () => {
    const server = await start("elasticsearch");
    const first = await runJob(containers, await preparation());
    expect(first.status, first.log).toBe(0);
    const mapping = await ask(server, "GET", "/agent_skills/_mapping", undefined, BACKEND);
    expect(mapping.json.agent_skills.mappings.properties).toMatchObject({
      name: { type: "keyword" },
      embedding: { type: "dense_vector", dims: 2, similarity: "cosine" },
    });
    const skill = { name: "search", text: "finds what is near", embedding: [1, 0] };
    const written = await ask(server, "PUT", "/agent_skills/_doc/1?refresh=true", skill, BACKEND);
    expect(written.status).toBe(201);
    const strange = await ask(server, "PUT", "/agent_skills/_doc/2", { unknown: 1 }, BACKEND);
    expect(strange.status).toBe(400);
    for (const [method, path] of [
      ["PUT", "/others"],
      ["GET", "/_all/_search"],
      ["GET", "/_security/user/backend"],
    ])
      expect((await ask(server, method!, path!, undefined, BACKEND)).status).toBeGreaterThanOrEqual(403);

    const properties = { ...(SKILLS.mappings!["properties"] as object), parent: { type: "keyword" } };
    const more = await runJob(
      containers,
      await preparation({ mappings: { ...SKILLS.mappings, properties } }),
    );
    expect(more.status, more.log).toBe(0);
    expect(await count(server)).toBe(1);
    const after = await ask(server, "GET", "/agent_skills/_mapping");
    expect(after.json.agent_skills.mappings.properties).toHaveProperty("parent");

    const changed = await runJob(
      containers,
      await preparation({ mappings: { properties: { name: { type: "text" } } } }),
    );
    expect(changed.status).not.toBe(0);
    expect(changed.log).toContain("name");
  });

  it("[S3] [D] answers the proof of the reference application in the client's own index", async () => {
    const server = await start("proven");
    await ask(server, "PUT", "/agent_skills", SKILLS);
    const role = { cluster: ["monitor"], indices: [{ names: ["agent_skills"], privileges: ["all"] }] };
    await ask(server, "PUT", "/_security/role/r", role);
    await ask(server, "PUT", "/_security/user/backend", { password: BACKEND.split(":")[1], roles: ["r"] });
    const variables = {
      ELASTICSEARCH_URL: `http://${BACKEND}@${await server.address()}`,
      ELASTICSEARCH_INDEX: "agent_skills",
    };
    const [dependency] = discover(variables).dependencies;
    const { signal } = new AbortController();
    const redact = (text: string) => text;
    const proof = { service: "backend", variables, timeoutSeconds: 30, signal, redact };
    expect(await proveOnce(dependency!, proof)).toMatchObject({
      ok: true,
      detail: "document with a vector of 2 numbers written to agent_skills and found by a search",
    });
    expect(await count(server)).toBe(0);
  });

  it("[G6] loses nothing that it acknowledged when it is killed, and stops in order when it is told to", async () => {
    const server = await start("killed");
    await ask(server, "PUT", "/agent_skills", SKILLS);
    const lines = [1, 2].flatMap((id) => [
      { index: { _id: `${id}` } },
      { name: `skill ${id}`, embedding: [id, 1] },
    ]);
    const bulk = `${lines.map((line) => JSON.stringify(line)).join("\n")}\n`;
    expect((await ask(server, "POST", "/agent_skills/_bulk", bulk)).json.errors).toBe(false);
    await ask(server, "PUT", "/_security/role/r", { cluster: ["monitor"] });
    await ask(server, "PUT", "/_security/user/backend", { password: "passw0rd", roles: ["r"] });
    await server.container.kill();
    await server.container.start();
    await ready(server);
    expect((await ask(server, "GET", "/", undefined, "backend:passw0rd")).status).toBe(200);
    // The server is ready as soon as it can tell how it is; an index is, once it was read from the disk.
    const health = await ask(
      server,
      "GET",
      "/_cluster/health/agent_skills?wait_for_status=yellow&timeout=60s",
    );
    expect(health.status).toBe(200);
    const knn = { field: "embedding", query_vector: [1, 1], k: 1, num_candidates: 10 };
    const found = await ask(server, "POST", "/agent_skills/_search", { knn });
    expect(found.json.hits.hits).toMatchObject([{ _id: "1", _source: { name: "skill 1" } }]);

    const stopping = Date.now();
    await server.container.stop();
    expect(Date.now() - stopping).toBeLessThan(60_000);
    expect(await server.log()).toContain("stopped");
    expect((await server.container.inspect()).State.ExitCode).toBe(0);
  });
});

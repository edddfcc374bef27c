import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { platforms } from "../../../stacks/platforms.ts";
import { derivedImage } from "../../support/derived-image.ts";
import { lawsOnDocker } from "../../support/docker-laws.ts";
import { DockerStack } from "../../support/docker-stack.ts";
import { Entry } from "../../support/entry.ts";
import { wiresOf } from "../../support/laws.ts";
import { GrafanaClient } from "../../support/grafana-client.ts";
import { observabilityLaws } from "../../support/observability-laws.ts";
import { PrometheusClient } from "../../support/prometheus-client.ts";
import { type References, referencesOf } from "../../support/references.ts";
import { tinyModel } from "../../support/tiny-model.ts";

const NAME = "test-skills";
const PORT = 18484;
const PROMETHEUS_PORT = 18584;
const MODEL = "tiny:1";

let stack: DockerStack;
let folder: string;
let firstUp: string;
let references: References;
const model = tinyModel();
const entry = new Entry(`localhost:${PORT}`, "localhost");

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "skills-"));
  // Containers read it as users of their own.
  await chmod(folder, 0o755);
  await writeFile(path.join(folder, "tiny.gguf"), model.content);
  references = await referencesOf((common) =>
    platforms.skills.make({ ...common, observability: true }, {}, {}),
  );
  stack = await DockerStack.open(NAME, {
    "keelson:platform": "skills",
    "keelson:target": "docker",
    "keelson:observability": true,
    "keelson:docker": {
      name: NAME,
      httpPort: PORT,
      publish: { prometheus: { http: PROMETHEUS_PORT } },
      folders: { models: folder },
    },
    "keelson:skills": {
      model: { name: MODEL, archive: { folder: "models", path: "tiny.gguf", sha256: model.sha256 } },
      // Docker refuses a limit beyond the processors of the machine, of which a small one has two.
      sizes: { ollama: { cpuLimit: 2 } },
    },
  });
  firstUp = await stack.done("up");
});
afterAll(async () => {
  await stack.close();
  await rm(folder, { recursive: true, force: true });
});

/** The key that agents are given. */
async function agentKey(): Promise<string> {
  const { mcp } = JSON.parse(
    await stack.done("pulumi", "--", "stack", "output", "logins", "--show-secrets", "--json"),
  ) as { mcp: { password: string } };
  return mcp.password;
}

/** What MCP answers somebody with some key. */
async function initialize(key: string): Promise<{ status: number; body: string }> {
  const response = await fetch(`http://localhost:${PORT}/mcp`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-api-key": key },
    body: JSON.stringify({ jsonrpc: "2.0", id: 1, method: "initialize", params: {} }),
  });
  return { status: response.status, body: await response.text() };
}

/** Asks Elasticsearch something, as the backend, from where the backend runs. */
async function search(method: string, place: string, body: object = {}): Promise<any> {
  const script = `const { origin, pathname, username, password } = new URL(process.env.ELASTICSEARCH_URL);
    fetch(origin + pathname.replace(/\\/$/, "") + process.argv[2], {
      method: process.argv[1],
      headers: { authorization: "Basic " + btoa(username + ":" + password), "content-type": "application/json" },
      ...(process.argv[1] !== "GET" && { body: process.argv[3] }),
    }).then(async (answer) => console.log(JSON.stringify({ status: answer.status, body: await answer.json() })));`;
  const command = ["node", "-e", script, method, place, JSON.stringify(body)];
  const { exitCode, output } = await stack.output("backend", "/run/keelson-tools/launch", ...command);
  expect(exitCode, output).toBe(0);
  return JSON.parse(output.trim().split("\n").at(-1)!);
}

/** A vector of the embedding model's length, of which one number is not 0. */
const vector = (at: number) => Array.from({ length: 384 }, (_, index) => (index === at ? 1 : 0));

/** Names of the skills that are nearest to a vector. */
async function nearest(at: number): Promise<string[]> {
  const knn = { field: "embedding", query_vector: vector(at), k: 1, num_candidates: 100 };
  const { body } = await search("POST", "/agent_skills/_search", { knn });
  return body.hits.hits.map(({ _source }: { _source: { name: string } }) => _source.name);
}

describe("skills-docker, brought up for real", () => {
  lawsOnDocker(
    () => ({ stack, output: firstUp }),
    () => references,
    { published: [`proxy 0.0.0.0:${PORT}`, `prometheus 127.0.0.1:${PROMETHEUS_PORT}`], secrets: 3 },
  );

  observabilityLaws(
    () => ({
      grafana: new GrafanaClient(`http://localhost:${PORT}/grafana`, stack),
      prometheus: PrometheusClient.at(PROMETHEUS_PORT),
    }),
    () => references,
    ["Traces and logs"],
  );

  it("[S1] proves every relation by its protocol: Elasticsearch's index and search, Ollama's model, the model's folder", async () => {
    const wires = await wiresOf(stack);
    for (const wire of [
      /^backend → elasticsearch: Elasticsearch, .*vector of 384 numbers written to agent_skills and found by a search/,
      /^backend → ollama: Ollama, .*tiny:1 is there/,
      /^backend → hf-home: folder, the model sentence-transformers\/all-MiniLM-L6-v2 is there/,
      /^dashboard → backend: HTTP, .*it proves its own elasticsearch, hf-home, ollama/,
    ])
      expect(wires).toContainEqual(expect.stringMatching(wire));
  });

  it("[S2] keeps those out of Elasticsearch who have no password, and lets the backend no further than its index", async () => {
    const anonymous = "fetch('http://elasticsearch:9200').then(({ status }) => console.log(status))";
    expect((await stack.output("backend", "node", "-e", anonymous)).output.trim()).toBe("401");
    expect((await search("GET", "/agent_skills/_count")).status).toBe(200);
    expect((await search("PUT", "/another_index")).status).toBe(403);
  });

  it("[S4] has the index with its mapping, and the models, before the backend starts", async () => {
    const { body } = await search("GET", "/agent_skills/_mapping");
    const [{ mappings }] = Object.values(body) as [{ mappings: { properties: object } }];
    expect(mappings.properties).toMatchObject({ embedding: { type: "dense_vector", dims: 384 } });
    const { State } = await stack.service("backend");
    const jobs = ["elasticsearch-backend-client", "embedding-model", "ollama-tiny-1-model"];
    const ended = (await stack.containers()).filter(({ Config }) =>
      jobs.includes(Config.Labels["keelson.service"]!),
    );
    const finished = ended.filter(({ Config }) => !Config.Labels["keelson.root"]);
    expect(finished.length).toBe(jobs.length);
    for (const job of finished) {
      expect(job.State, job.Name).toMatchObject({ Status: "exited", ExitCode: 0 });
      expect(Date.parse(State.StartedAt), job.Name).toBeGreaterThan(Date.parse(job.State.FinishedAt));
    }
  });

  it("[S1] lets agents in by MCP with the generated key, and nobody else", async () => {
    const admitted = await initialize(await agentKey());
    expect(admitted.status, admitted.body).toBe(200);
    expect(JSON.parse(admitted.body).result.serverInfo.name).toContain("backend");
    expect((await initialize("another")).status).toBe(401);
  });

  it("[S7] shows the wizard's page while the index is empty, by no cache, and the API below its prefix", async () => {
    expect((await search("GET", "/agent_skills/_count")).body.count).toBe(0);
    const response = await fetch(`http://localhost:${PORT}/setup`);
    expect(response.status).toBe(200);
    expect(response.headers.get("age")).toBeNull();
    expect(await response.text()).toContain("dashboard");
    expect(JSON.parse((await entry.ask("/api/health")).body)).toMatchObject({ service: "backend" });
  });

  it("[G9, S7] takes new images without a failed request, and keeps skills and keys", async () => {
    const key = await agentKey();
    for (const [position, name] of ["refund", "greeting"].entries()) {
      const skill = { name, content: `# ${name}`, embedding: vector(position) };
      expect((await search("PUT", `/agent_skills/_doc/${name}?refresh=true`, skill)).status).toBe(201);
    }
    const image = await derivedImage((await stack.service("backend")).Config.Image, `${NAME}-backend`, {
      LABEL: "keelson.test=next",
    });
    await stack.set({ "keelson:images": { backend: image, dashboard: image } });
    let statuses: readonly number[] = [];
    const replaced = await stack.replacedBy(async () => {
      statuses = await entry.askDuring("/api/health", () => stack.done("up"));
    });
    expect(replaced).toEqual(["backend", "dashboard", "embedding-model"]);
    expect(statuses.length).toBeGreaterThan(20);
    expect(statuses.filter((status) => status !== 200)).toEqual([]);
    expect([await nearest(0), await nearest(1)]).toEqual([["refund"], ["greeting"]]);
    expect((await initialize(key)).status).toBe(200);
  });

  it("[S7] keeps skills and keys when Elasticsearch and the backend start again", async () => {
    const key = await agentKey();
    for (const service of ["elasticsearch", "backend"]) {
      const { Id } = await stack.service(service);
      await stack.docker.getContainer(Id).restart({ t: 120 });
    }
    await expect.poll(() => nearest(1).catch(() => []), { timeout: 180_000 }).toEqual(["greeting"]);
    await expect
      .poll(
        () =>
          initialize(key).then(
            ({ status }) => status,
            () => 0,
          ),
        { timeout: 60_000 },
      )
      .toBe(200);
  });

  it("[G6] leaves nothing behind when data may be deleted too", async () => {
    await stack.done("down", "--delete-data", "--yes");
    expect([await stack.containers(), await stack.volumes(), await stack.networks()]).toEqual([[], [], []]);
  });
});

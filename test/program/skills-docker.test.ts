import { beforeAll, describe, expect, it } from "vitest";
import { PROMISED_SHARE } from "../../components/model/capacity.ts";
import { deploy as stack } from "../../stacks/deploy.ts";
import { deploy, type Registration, SECRET } from "../support/engine.ts";
import { stackWith } from "../support/stack-file.ts";

const KEYS = {
  current: "the-new-key-of-all-agents-of-2026",
  previous: "the-old-key-of-all-agents-of-2025",
};

interface Choices {
  readonly skills?: object;
  readonly external?: object;
  readonly docker?: object;
}

/** What the stack registers, with other settings, and nothing that observes it. */
async function registered({ skills = {}, external = {}, docker = {} }: Choices = {}) {
  const changes = { "keelson:skills": skills, "keelson:external": external, "keelson:docker": docker };
  const given = stackWith("skills-docker", changes, ["keelson:skills", "keelson:external"]);
  return deploy(() => stack({ ...given, values: { ...given.values, "keelson:observability": "false" } }));
}

let all: readonly Registration[];
beforeAll(async () => {
  all = await registered();
});

const containers = (among = all) => among.filter(({ type }) => type === "docker:index/container:Container");
const container = (name: string, among = all) =>
  containers(among).find((each) => each.name === `skills-${name}`)!;
const variables = (name: string, among = all): Record<string, string> =>
  Object.fromEntries(
    container(name, among).inputs["envs"].map((line: string) => line.split(/=(.*)/s).slice(0, 2)),
  );
const running = (among = all) =>
  containers(among).filter(({ inputs }) => inputs["restart"] === "unless-stopped");
const names = (among: readonly Registration[]) => among.map(({ name }) => name.replace("skills-", ""));
const networks = (name: string, among = all): string[] =>
  container(name, among).inputs["networksAdvanced"].map((each: { name: string }) =>
    each.name.replace("skills-", ""),
  );
const command = (name: string, among = all): string => container(name, among).inputs["entrypoints"].join(" ");
const waitsFor = (name: string, other: string, among = all) =>
  container(name, among).dependencies.includes(container(other, among).urn);
const folders = (name: string, among = all): Record<string, string> =>
  Object.fromEntries(
    container(name, among).inputs["mounts"].map(({ target, source, readOnly = false }: any) => [
      target,
      `${source}${readOnly ? ", read-only" : ""}`,
    ]),
  );

describe("skills-docker", () => {
  it("[S1] runs Elasticsearch, the backend, the dashboard and Ollama in containers of their own, behind one entry", () => {
    expect(names(running()).toSorted()).toEqual(["backend", "dashboard", "elasticsearch", "ollama", "proxy"]);
    expect(command("backend")).toContain("uvicorn app.main:app --host 0.0.0.0 --port 8000");
    expect(command("dashboard")).toContain(
      "streamlit run app.py --server.address 0.0.0.0 --server.port 8501",
    );
  });

  it("[S1] has Ollama pull Gemma 2 by a job, before the backend comes", () => {
    expect(variables("ollama-gemma2-2b-model")["MODEL"]).toBe("gemma2:2b");
    expect(networks("ollama")).toContain("egress");
    expect(waitsFor("backend", "ollama-gemma2-2b-model")).toBe(true);
    expect(variables("backend")["OLLAMA_MODEL"]).toBe("gemma2:2b");
  });

  it("[S1] can take the model from an archive in a folder of the host, without a way out", async () => {
    const archive = { folder: "models", path: "gemma.gguf", sha256: "a".repeat(64) };
    const archived = await registered({
      skills: { model: { name: "gemma:mine", archive } },
      docker: { folders: { models: "/srv/models" } },
    });
    expect(folders("ollama-gemma-mine-model", archived)["/archives"]).toBe("/srv/models, read-only");
    expect(networks("ollama", archived)).not.toContain("egress");
  });

  it("[S2] lets each open what it depends on and nothing else, and publishes the entry alone", () => {
    expect(networks("backend").toSorted()).toEqual(["backend", "elasticsearch", "ollama"]);
    expect(networks("dashboard").toSorted()).toEqual(["backend", "dashboard"]);
    expect(networks("elasticsearch")).toEqual(["elasticsearch"]);
    expect(networks("proxy").toSorted()).toEqual(["backend", "dashboard", "ingress", "proxy"]);
    const published = containers().flatMap(({ name, inputs }) => (inputs["ports"] ? [name] : []));
    expect(published).toEqual(["skills-proxy"]);
  });

  it("[S2] [S3] [G3] tells the backend who it is by a file, and shows none of it", () => {
    for (const hidden of ["ELASTICSEARCH_URL", "MCP_API_KEYS"])
      expect(variables("backend")).not.toHaveProperty(hidden);
    expect(container("backend-files").inputs["uploads"][0]).toMatchObject({
      file: "/run/keelson/variables",
      content: SECRET,
    });
    const generated = all.filter(({ type, name }) => type.startsWith("random:") && !name.endsWith("-salt"));
    expect(generated.map(({ name }) => name).toSorted()).toEqual([
      "elasticsearch-admin",
      "elasticsearch-backend",
      "mcp-api-key",
    ]);
    expect(JSON.stringify(all)).not.toContain("generated-by-");
  });

  it("[S3] tells applications the variables of the document, and has each come after what it depends on", () => {
    expect(variables("backend")).toMatchObject({
      EMBEDDING_MODEL: "all-MiniLM-L6-v2",
      ELASTICSEARCH_INDEX: "agent_skills",
      ENVIRONMENT: "production",
    });
    expect(variables("dashboard")).toMatchObject({
      BACKEND_URL: "http://backend:8000",
      STREAMLIT_SERVER_HEADLESS: "true",
    });
    expect(waitsFor("elasticsearch-backend-client", "elasticsearch")).toBe(true);
    expect(waitsFor("dashboard", "backend")).toBe(true);
  });

  it("[S4] has the index and the embedding model there before the backend serves", () => {
    expect(waitsFor("backend", "elasticsearch-backend-client")).toBe(true);
    expect(waitsFor("backend", "embedding-model")).toBe(true);
    expect(command("embedding-model")).toContain(
      "hf download sentence-transformers/all-MiniLM-L6-v2 --revision main",
    );
    const cache = "/app/.cache/huggingface";
    expect(folders("embedding-model")[cache]).toBe("skills-models-shared");
    expect(folders("backend")[cache]).toBe("skills-models-shared, read-only");
    expect(variables("backend")).toMatchObject({ HF_HOME: cache, HF_HUB_OFFLINE: "true" });
    expect(networks("backend")).not.toContain("egress");
  });

  it("[S1] leads the dashboard's pages, the API and MCP to their services by one entry", () => {
    const { uploads } = container("proxy-files").inputs;
    const caddyfile: string = uploads.find(({ file }: any) => file.endsWith("Caddyfile")).content;
    const routes = [...caddyfile.matchAll(/path (\S+) .*\n.*\n\s+(.*)\n\s+reverse_proxy (\S+)/g)];
    expect(routes.map(([, path, strip, to]) => [path, strip!.trim(), to])).toEqual([
      ["/api", "uri strip_prefix /api", "backend:8000"],
      ["/mcp", "", "backend:8000"],
      ["/", "", "dashboard:8501"],
    ]);
  });

  it("[S1] runs neither Elasticsearch nor Ollama where somebody else does, and lets the backend out to them alone", async () => {
    const elsewhere = await registered({
      external: {
        elasticsearch: { url: "https://203.0.113.5:9200", admin: { user: "boss", password: "given-admin" } },
        ollama: { url: "http://203.0.113.6:11434" },
      },
    });
    expect(names(running(elsewhere)).toSorted()).toEqual(["backend", "dashboard", "proxy"]);
    expect(networks("backend", elsewhere)).toContain("egress");
    expect(networks("dashboard", elsewhere)).not.toContain("egress");
    expect(JSON.stringify(elsewhere)).not.toContain("given-admin");
  });

  it("lets in the agents whose keys are given, several at a time, and generates none then", async () => {
    const given = await registered({ skills: { mcpApiKeys: KEYS } });
    expect(names(given)).not.toContain("mcp-api-key");
    for (const key of Object.values(KEYS)) expect(JSON.stringify(given)).not.toContain(key);
  });

  it("[G8] fits an EliteDesk, with all that it promises", () => {
    const sum = (amount: (inputs: Registration["inputs"]) => number) =>
      running().reduce((total, { inputs }) => total + amount(inputs), 0);
    expect(sum(({ cpuShares }) => cpuShares / 1024)).toBeLessThanOrEqual(4 * PROMISED_SHARE);
    expect(sum(({ memoryReservation }) => memoryReservation / 1024)).toBeLessThanOrEqual(16 * PROMISED_SHARE);
  });

  it("refuses every mistake in its settings at once, without a secret, before anything is made", async () => {
    const mistaken = registered({
      skills: {
        mcpApiKeys: { current: "short-key" },
        embedding: { dimensions: 9000 },
        elasticsearch: { copies: 0 },
      },
      external: { elasticsearch: { url: "https://203.0.113.5:9200" } },
    });
    const message: string = await mistaken.then(
      () => "",
      (error: Error) => error.message,
    );
    for (const path of [
      "keelson:skills.mcpApiKeys.current is [secret]; it takes 32 characters or more",
      "keelson:skills.embedding.dimensions is",
      "keelson:skills.elasticsearch.copies is",
      "keelson:external.elasticsearch is [secret]; it takes { url } with admin or clients",
    ])
      expect(message).toContain(path);
    expect(message).not.toContain("short-key");
  });

  it("takes no keys that stand in the stack file in clear", async () => {
    const changes = { "keelson:skills": { mcpApiKeys: KEYS } };
    const clear = deploy(() => stack(stackWith("skills-docker", changes, [])));
    await expect(clear).rejects.toThrow("keelson:skills.mcpApiKeys.previous stands in clear text");
  });
});

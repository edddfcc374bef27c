import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { Reference } from "../../../components/model/reference.ts";
import { neo4jRecipe } from "../../../components/services/neo4j.ts";
import { embeddedReference } from "../../../embedded/images/recipes.ts";
import { discover } from "../../../images/reference-app/discovery.ts";
import { proveOnce } from "../../../images/reference-app/proving.ts";
import { redactor } from "../../../images/reference-app/redaction.ts";
import type { Containers, Started } from "../../support/containers.ts";
import { openWith } from "../../support/embedded-images.ts";
import { startWorkload } from "../../support/started-workload.ts";

const PASSWORD = "generated-password";
const IMAGE = embeddedReference("neo4j");
const patience = { timeout: 180_000, interval: 500 };

/** Less than a deployment has by default, so that two of them fit a small machine. */
const resources = { cpuRequest: 0.25, cpuLimit: 2, memoryRequestMiB: 1024, memoryLimitMiB: 1024 };
const settings = { image: IMAGE, licence: "community", resources, storageGiB: 1 } as const;
const recipe = neo4jRecipe(
  { ...settings, password: Reference.hidden(PASSWORD) },
  { copies: 1, peers: ["graph"] },
);

let containers: Containers;
let graph: Started;
beforeAll(async () => {
  containers = await openWith("neo4j", "neo4j");
  graph = await startWorkload(containers, "graph", recipe, "http");
  await ready(graph);
});
afterAll(() => containers.close());

/** Waits until it is ready as the recipe's probe sees it. */
const ready = (server: Started) =>
  vi.waitFor(
    async () => expect((await fetch(`http://${await server.address()}/`)).status).toBe(200),
    patience,
  );

/** Runs a statement by HTTP; gives the status, and the rows where there are any. */
async function run(server: Started, statement: string, password = PASSWORD) {
  const authorization = `Basic ${Buffer.from(`neo4j:${password}`).toString("base64")}`;
  const answer = await fetch(`http://${await server.address()}/db/neo4j/tx/commit`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization },
    body: JSON.stringify({ statements: [{ statement }] }),
  });
  const { results, errors } = (await answer.json()) as {
    results?: { data: { row: unknown[] }[] }[];
    errors: { message: string }[];
  };
  return { status: answer.status, errors, rows: results?.[0]?.data.map(({ row }) => row) ?? [] };
}

const KEEP = "MERGE (place:Place {name: 'kept'}) RETURN place.name";
const FIND = "MATCH (place:Place) RETURN place.name";

describe("the neo4j image", () => {
  it("[G3] [G7] serves without rights those who know the password, and nobody else", async () => {
    expect((await run(graph, KEEP)).rows).toEqual([["kept"]]);
    expect((await run(graph, FIND, "wrong-password")).status).toBe(401);
    expect(await graph.run(["sh", "-c", "test $(id -u) = 7474 && ! touch /var/lib/neo4j/written"])).toBe(0);
  });

  it("[G3] keeps the password out of the environment and the arguments of its server", async () => {
    const search = `cat /proc/[0-9]*/environ /proc/[0-9]*/cmdline | tr '\\0' '\\n' | grep -q`;
    expect(await graph.run(["sh", "-c", `${search} '^NEO4J_AUTH_PATH=/run/keelson/auth'`])).toBe(0);
    // Brackets, so that the search does not find itself.
    expect(await graph.run(["sh", "-c", `${search} '${PASSWORD.replace("g", "[g]")}'`])).toBe(1);
    expect(await graph.log()).not.toContain(PASSWORD);
  });

  it("[O10] has the memory and the collector of garbage that follow from its limits", async () => {
    const shown = await run(
      graph,
      "SHOW SETTINGS 'server.memory.heap.max_size', 'server.memory.pagecache.size', 'dbms.memory.transaction.total.max' YIELD name, value RETURN value ORDER BY name",
    );
    expect(shown.rows.flat()).toEqual(["250.00MiB", "358.00MiB", "358.00MiB"]);
    const search = "cat /proc/[0-9]*/cmdline | tr '\\0' '\\n'";
    const options = [
      "-XX:+UseG1GC",
      "-XX:ParallelGCThreads=",
      "-Xmx",
      "--add-opens=java.base/java.nio=ALL-UNNAMED",
    ];
    for (const option of options)
      expect(await graph.run(["sh", "-c", `${search} | grep -q -e '^${option}'`]), option).toBe(0);
  });

  it("lets no query read a file of the container", async () => {
    const { errors } = await run(graph, "LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line");
    expect(errors[0]?.message).toMatch(/allow_csv_import_from_file_urls|not allowed|disallow/i);
  });

  it("[D] answers the proof of the reference application, which shows no password", async () => {
    const bolt = await startWorkload(containers, "bolt", recipe, "bolt");
    const prove = async (password: string) => {
      // The address is what the client used: no other would lead here from outside the container's network.
      const variables = { NEO4J_URI: `neo4j://${await bolt.address()}`, NEO4J_PASSWORD: password };
      const { signal } = new AbortController();
      const redact = redactor([password]);
      const [dependency] = discover(variables).dependencies;
      return proveOnce(dependency!, { service: "api", variables, timeoutSeconds: 10, signal, redact });
    };
    const detail = "node ReferenceProof of api written and found";
    await vi.waitFor(async () => expect(await prove(PASSWORD)).toMatchObject({ ok: true, detail }), patience);
    const refused = await prove("wrong-password");
    expect(refused).toMatchObject({ ok: false, detail: expect.stringContaining("unauthorized") });
  });

  it("[G6] ends by itself when it is told to stop, long before its time is over, and keeps graph and password", async () => {
    expect((await run(graph, KEEP)).rows).toEqual([["kept"]]);
    const asked = Date.now();
    await graph.container.stop();
    expect(Date.now() - asked).toBeLessThan(60_000);
    expect(await graph.log()).toContain("Stopped.");
    await graph.container.start();
    await ready(graph);
    expect((await run(graph, FIND)).rows).toEqual([["kept"]]);
  });

  it("serves by its own command as root, which gives its rights away, as the official image does", async () => {
    const Env = [`NEO4J_AUTH=neo4j/${PASSWORD}`, "NEO4J_server_memory_heap_max__size=256m"];
    const server = await containers.start("default", { Image: IMAGE, Env, port: 7474 });
    await ready(server);
    expect((await run(server, KEEP)).rows).toEqual([["kept"]]);
    expect(await server.run(["sh", "-c", "test $(stat -c %u /data/databases) = 7474"])).toBe(0);
  });

  it("says what is wrong with a password that it can't take", async () => {
    const server = await containers.start("mistaken", { Image: IMAGE, Env: ["NEO4J_AUTH=secret"] });
    expect(await server.ended()).toBe(1);
    expect(await server.log()).toContain("NEO4J_AUTH is neither none nor neo4j/PASSWORD");
  });
});

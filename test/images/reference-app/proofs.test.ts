import type { IncomingHttpHeaders } from "node:http";
import { describe, expect, it, vi } from "vitest";
import { discover } from "../../../images/reference-app/discovery.ts";
import { proveOnce } from "../../../images/reference-app/proving.ts";
import { redactor } from "../../../images/reference-app/redaction.ts";
import { startHttpServer, startService, startSilentServer, startTalkingServer, wiringOf } from "./support.ts";

const password = "h1dden/pass:word";
const credentials = `app:${encodeURIComponent(password)}`;

/** An environment that names a server of each protocol at this port. */
const environments = {
  postgresql: (port: number) => ({
    DATABASE_URL: `postgresql+asyncpg://${credentials}@127.0.0.1:${port}/rag`,
  }),
  celery: (port: number) => ({ CELERY_BROKER_URL: `redis://${credentials}@127.0.0.1:${port}/0` }),
  redis: (port: number) => ({ REDIS_URL: `redis://${credentials}@127.0.0.1:${port}/0` }),
  mongodb: (port: number) => ({ MONGODB_URL: `mongodb://${credentials}@127.0.0.1:${port}/rag` }),
  neo4j: (port: number) => ({ NEO4J_URI: `neo4j://127.0.0.1:${port}`, NEO4J_PASSWORD: password }),
  kafka: (port: number) => ({
    KAFKA_BOOTSTRAP_SERVERS: `127.0.0.1:${port}`,
    KAFKA_SASL_USERNAME: "app",
    KAFKA_SASL_PASSWORD: password,
    KAFKA_SASL_MECHANISM: "SCRAM-SHA-512",
  }),
  chroma: (port: number) => ({ CHROMA_URL: `http://${credentials}@127.0.0.1:${port}` }),
  qdrant: (port: number) => ({ QDRANT_URL: `http://127.0.0.1:${port}`, QDRANT_API_KEY: password }),
  weaviate: (port: number) => ({ WEAVIATE_URL: `http://127.0.0.1:${port}`, WEAVIATE_API_KEY: password }),
  ollama: (port: number) => ({ OLLAMA_URL: `http://${credentials}@127.0.0.1:${port}` }),
  http: (port: number) => ({ ORCHESTRATOR_URL: `http://${credentials}@127.0.0.1:${port}` }),
};

function prove(variables: Record<string, string>, timeoutSeconds = 5) {
  const [dependency] = discover(variables).dependencies;
  if (!dependency) throw new Error("nothing was discovered");
  const { signal } = new AbortController();
  return proveOnce(dependency, {
    service: "rag",
    variables,
    timeoutSeconds,
    signal,
    redact: redactor([password]),
  });
}

describe.each(Object.entries(environments))("a proof by %s", (_, environment) => {
  it("fails within its time-out when the server accepts and then says nothing", async () => {
    const { port } = await startSilentServer();
    const outcome = await prove(environment(port), 0.2);
    expect(outcome).toMatchObject({ ok: false, detail: "no answer within 0.2 s" });
    expect(outcome.milliseconds).toBeLessThan(2_000);
  });

  it("says that the connection was refused when nothing listens", async () => {
    const port = await freePort();
    expect(await prove(environment(port))).toMatchObject({
      ok: false,
      detail: `connect ECONNREFUSED 127.0.0.1:${port}`,
    });
  });

  it("[G3] shows its failure on the page, in the wiring and in the log, without the password", async () => {
    const port = await freePort();
    const service = await startService({ ...environment(port), LOG_LEVEL: "debug" });
    await vi.waitFor(() => expect(service.log.join()).toContain("is not proven"), { timeout: 5_000 });
    const page = await (await fetch(service.url)).text();
    const shown = [page, JSON.stringify(await wiringOf(service)), service.log.join()];
    for (const text of shown) {
      expect(text).toContain(`127.0.0.1:${port}`);
      expect(text).toContain("ECONNREFUSED");
      expect(text).not.toContain(password);
      expect(text).not.toContain(encodeURIComponent(password));
    }
  });
});

describe("a proof by redis", () => {
  it("[G3] masks the password when a server answers with it", async () => {
    const port = await startTalkingServer(`-ERR cannot log in with ${password}\r\n`);
    expect((await prove(environments.redis(port))).detail).toBe("ERR cannot log in with •••");
  });
});

describe("a proof by http", () => {
  it("asks the health path, below the prefix of the URL, with the credentials of the URL", async () => {
    const seen: { url: string | undefined; headers: IncomingHttpHeaders }[] = [];
    const port = await startHttpServer(({ url, headers }, response) => {
      seen.push({ url, headers });
      response.end();
    });
    const outcome = await prove({ AGENTS_URL: `http://${credentials}@127.0.0.1:${port}/api/agents/` });
    expect(outcome).toMatchObject({ ok: true, detail: "GET /api/agents/health answered 200" });
    expect(seen[0]?.url).toBe("/api/agents/health");
    expect(seen[0]?.headers.authorization).toBe(`Basic ${Buffer.from(`app:${password}`).toString("base64")}`);
  });

  it.each([
    [[], "GET /health answered 200"],
    [[{ name: "qdrant", ok: true }], "GET /health answered 200; it proves its own qdrant"],
    [
      [
        { name: "database", ok: true },
        { name: "qdrant", ok: false },
      ],
      "GET /health answered 200; it does not prove its own qdrant",
    ],
  ])(
    "tells what another reference application says of its own dependencies: %j",
    async (dependencies, detail) => {
      const port = await startHttpServer(({ url }, response) =>
        response.end(url === "/wiring" ? JSON.stringify({ dependencies }) : ""),
      );
      expect(await prove(environments.http(port))).toMatchObject({ ok: true, detail });
    },
  );

  it.each([204, 302, 404, 500])("fails on status %i", async (status) => {
    const port = await startHttpServer((_, response) => response.writeHead(status, { location: "/" }).end());
    const outcome = await prove(environments.http(port));
    expect(outcome).toMatchObject({
      ok: false,
      detail: `GET /health answered ${status}; a healthy service answers 200`,
    });
  });
});

describe("a proof by postgresql", () => {
  it("[A7] refuses a TLS mode that does not exist, with those that do", async () => {
    const outcome = await prove({ DATABASE_URL: "postgresql+asyncpg://u:p@127.0.0.1:1/d?ssl=sometimes" });
    expect(outcome.detail).toBe(
      'TLS mode "sometimes" of the database is not one of disable, allow, prefer, require, verify-ca, verify-full',
    );
  });
});

/** A port on which nothing listens. */
async function freePort(): Promise<number> {
  const { createServer } = await import("node:net");
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address !== "object" || !address) throw new Error("the server has no port");
  return address.port;
}

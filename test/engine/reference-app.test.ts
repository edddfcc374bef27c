import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { migrate, migrations } from "../../images/reference-app/database/migrations.ts";
import type { WiringEntry } from "../../images/reference-app/wiring.ts";
import type { Started } from "../support/containers.ts";
import { environment, passwords, patience, ServersUnderTest } from "../support/reference-servers.ts";

let servers: ServersUnderTest;
beforeAll(async () => {
  servers = await ServersUnderTest.start();
});
afterAll(() => servers.close());

function serve(name: string, variables: Record<string, string>): Promise<Started> {
  return servers.startApplication(
    name,
    ["uvicorn", "app.main:app", "--host", "0.0.0.0", "--port", "8004"],
    variables,
  );
}

async function upgrade(name: string, variables: Record<string, string> = environment) {
  const migration = await servers.startApplication(name, ["alembic", "upgrade", "head"], variables);
  return { status: await migration.ended(), log: await migration.log() };
}

async function get(service: Started, path: string, init?: RequestInit) {
  const response = await fetch(`http://${await service.address()}${path}`, init);
  return { status: response.status, text: await response.text() };
}

async function wiringOf(service: Started): Promise<Record<string, WiringEntry>> {
  const { text } = await get(service, "/wiring");
  const { dependencies }: { dependencies: WiringEntry[] } = JSON.parse(text);
  return Object.fromEntries(dependencies.map((entry) => [entry.name, entry]));
}

async function expectReady(service: Started): Promise<void> {
  await vi.waitFor(async () => expect((await get(service, "/ready")).status).toBe(200), patience);
}

describe("alembic upgrade head", () => {
  it("[A6] applies each step once, whoever runs it again", async () => {
    const first = await upgrade("migrate");
    expect(first).toMatchObject({ status: 0 });
    for (const { revision, title } of migrations) expect(first.log).toContain(`-> ${revision}, ${title}`);
    const second = await upgrade("migrate-again");
    expect(second).toMatchObject({ status: 0 });
    expect(second.log).not.toContain("running upgrade");
    expect(second.log).toContain("is at revision 0003 (head)");
  });

  it("[K5] fails with the server's reason when the password is wrong, and shows none", async () => {
    const DATABASE_URL = environment.DATABASE_URL.replace(/rag:[^@]+@/, "rag:not-the-password@");
    const { status, log } = await upgrade("migrate-refused", { ...environment, DATABASE_URL });
    expect(status).toBe(1);
    expect(log).toContain('password authentication failed for user "rag"');
    expect(log).not.toContain("not-the-password");
  });

  it("changes nothing when a step fails, nor when the database is newer than it", async () => {
    const { hostname, port } = new URL(`tcp://${await servers.postgres.address()}`);
    const client = new Client({
      host: hostname,
      port: Number(port),
      user: "rag",
      password: passwords.postgres,
    });
    await client.connect();
    onTestFinished(() => client.end());
    const revision = async () => (await client.query("select revision from reference_version")).rows;

    const steps = [
      ...migrations,
      { revision: "0004", title: "half a change", statement: "create table half_a_change (id int)" },
      { revision: "0005", title: "a mistake", statement: "create tabel mistaken ()" },
    ];
    await expect(migrate(client, () => {}, steps)).rejects.toThrow('syntax error at or near "tabel"');
    expect(await revision()).toEqual([{ revision: "0003" }]);
    expect((await client.query("select to_regclass('half_a_change') as found")).rows).toEqual([
      { found: null },
    ]);
    await expect(migrate(client, () => {}, migrations.slice(0, 1))).rejects.toThrow(
      'the database is at revision "0003", which is not one of 0001',
    );
  });
});

describe("a service", () => {
  let service: Started;
  beforeAll(async () => {
    service = await serve("rag", { ...environment, AGENTS_URL: "http://agents:8004" });
    await serve("agents", { SERVICE_NAME: "agents" });
    await expectReady(service);
  });

  it("[D] proves each dependency by its protocol, with a write and a read", async () => {
    const { database, redis: cache, chroma, agents } = await wiringOf(service);
    expect(database).toMatchObject({ ok: true, protocol: "PostgreSQL", target: "postgres:5432" });
    expect(cache).toMatchObject({ ok: true, protocol: "Redis", target: "redis:6379" });
    expect(cache?.detail).toBe("key reference:rag:proof written and read in database 0");
    expect(chroma).toMatchObject({ ok: true, protocol: "Chroma", target: "chroma:8000" });
    expect(chroma?.detail).toBe("vector upserted into reference-rag-proof and found by a query");
    expect(agents).toMatchObject({
      ok: true,
      protocol: "HTTP",
      detail: expect.stringMatching(/^GET \/health answered 200/),
    });
  });

  it("[A7] speaks to PostgreSQL by TLS, and writes a new row each time", async () => {
    const row = async () =>
      /^row (\d+) inserted into reference_proof and selected, TLSv1\.[23]$/.exec(
        (await wiringOf(service))["database"]?.detail ?? "",
      )?.[1];
    const first = Number(await row());
    expect(first).toBeGreaterThan(0);
    await vi.waitFor(async () => expect(Number(await row())).toBeGreaterThan(first), patience);
  });

  it("[A7] refuses a server that the given authority does not vouch for", async () => {
    const stranger = await serve("stranger", { ...environment, DATABASE_SSL_ROOT_CERT: "/tls/other.crt" });
    await vi.waitFor(
      async () => expect((await wiringOf(stranger))["database"]?.detail).toContain("certificate"),
      patience,
    );
    expect((await wiringOf(stranger))["database"]?.ok).toBe(false);
  });

  it("notices that a server is gone, and that it is back", async () => {
    await servers.redis.container.stop();
    await vi.waitFor(async () => expect((await wiringOf(service))["redis"]?.ok).toBe(false), patience);
    await vi.waitFor(async () => expect((await get(service, "/ready")).status).toBe(503), patience);
    expect((await get(service, "/health")).status).toBe(200);
    await servers.redis.container.start();
    await expectReady(service);
  });

  it("[G6] keeps its items over its own restart and the database's", async () => {
    const stored = await get(service, "/items", {
      method: "POST",
      body: JSON.stringify({ text: "survives" }),
    });
    expect(stored).toMatchObject({ status: 201 });
    const { id }: { id: string } = JSON.parse(stored.text);
    await servers.postgres.container.restart();
    await service.container.restart();
    await vi.waitFor(async () => {
      const read = await get(service, `/items/${id}`);
      expect([read.status, JSON.parse(read.text)]).toEqual([
        200,
        expect.objectContaining({ id, text: "survives" }),
      ]);
    }, patience);
    expect((await get(service, "/items/999999")).status).toBe(404);
  });

  it("[G3] shows no credential on its page, in its wiring or its log", async () => {
    const shown = [
      (await get(service, "/")).text,
      (await get(service, "/wiring")).text,
      await service.log(),
    ].join("\n");
    expect(shown).toContain("postgres:5432");
    const secrets = Object.values(passwords).flatMap((secret) => [secret, encodeURIComponent(secret)]);
    expect(secrets.filter((secret) => shown.includes(secret))).toEqual([]);
  });

  it("[G7] runs without any right within 512 MiB, and exits 0 when it is stopped", async () => {
    const { memory_stats: memory } = await service.container.stats({ stream: false });
    expect(memory.usage).toBeLessThan(256 * 1024 * 1024);
    await service.container.stop({ t: 10 });
    expect((await service.container.inspect()).State.ExitCode).toBe(0);
  });
});

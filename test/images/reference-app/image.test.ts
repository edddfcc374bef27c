import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, statSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { buildReferenceApp } from "../../../images/reference-app/build.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "keelson-reference-app-"));
  await buildReferenceApp(path.join(folder, "context"));
  // In the image, bin/uvicorn and others load the bundle; here, it is called by their names itself.
  for (const command of ["uvicorn", "alembic", "python"])
    symlinkSync("context/app/server.js", path.join(folder, command));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs a command of the image with this environment and no other. */
function start(command: string, args: readonly string[], environment: NodeJS.ProcessEnv) {
  const child = spawn(process.execPath, [path.join(folder, command), ...args], { env: environment });
  onTestFinished(() => void child.kill("SIGKILL"));
  return child;
}

async function run(command: string, args: readonly string[], environment: NodeJS.ProcessEnv = {}) {
  const child = start(command, args, environment);
  const [output, errors, [status]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "close"),
  ]);
  return { output, errors, status: Number(status) };
}

/** Waits for its first line of log, gives the port in it, stops it, and gives its log and status. */
async function serveAndStop(child: ReturnType<typeof start>, use: (url: string) => Promise<void>) {
  const exit = once(child, "close");
  const lines: string[] = [];
  child.stdout.on("data", (chunk: Buffer) => lines.push(chunk.toString()));
  await once(child.stdout, "data");
  const started: { msg: string; host: string; port: number } = JSON.parse(
    lines.join("").split("\n")[0] ?? "",
  );
  await use(`http://127.0.0.1:${started.port}`);
  child.kill("SIGTERM");
  const [status] = await exit;
  return { started, status: Number(status), log: lines.join("") };
}

describe("the image's context", () => {
  it("holds a Dockerfile, one bundle, the licences of what is in it, and executables for its commands", () => {
    const mode = (file: string) => statSync(path.join(folder, "context", file)).mode & 0o777;
    for (const file of ["bin/uvicorn", "bin/alembic", "bin/python"]) expect(mode(file)).toBe(0o755);
    for (const file of ["Dockerfile", "app/server.js", "app/licences.txt"]) expect(mode(file)).toBe(0o644);
  });
});

describe("uvicorn", () => {
  it("[D] serves at --host and --port, says what it is, and exits 0 on SIGTERM", async () => {
    const args = ["app.main:app", "--host", "127.0.0.1", "--port", "0", "--workers", "4", "--proxy-headers"];
    const { started, status, log } = await serveAndStop(
      start("uvicorn", args, { SERVICE_NAME: "gateway" }),
      async (url) => {
        expect((await fetch(`${url}/health`)).status).toBe(200);
      },
    );
    expect(started.msg).toBe(`this is keelson's reference application, standing in for "gateway"`);
    expect(started.host).toBe("127.0.0.1");
    expect(log).toContain('"msg":"stopped"');
    expect(status).toBe(0);
  });

  it("refuses an option that it does not know, and a call without an application", async () => {
    const unknown = await run("uvicorn", ["app.main:app", "--porte", "8000"]);
    expect([unknown.status, unknown.errors]).toEqual([2, expect.stringContaining("--porte")]);
    const missing = await run("uvicorn", ["--port", "8000"]);
    expect([missing.status, missing.errors]).toEqual([
      2,
      "uvicorn: expected one application, as in app.main:app\n",
    ]);
  });

  it("[G3] exits 1 with every mistake in its environment, and without the values", async () => {
    const { status, errors } = await run("uvicorn", ["app.main:app", "--port", "0"], {
      DATABASE_URL: "postgresql//app:hidden@db",
      REDIS_URL: "redis://:hidden@cache:port",
    });
    expect(status).toBe(1);
    expect(errors).toContain("DATABASE_URL is not a URL");
    expect(errors).toContain("REDIS_URL is not a URL");
    expect(errors).not.toContain("hidden");
  });
});

describe("node server.js", () => {
  it("[D] serves at HOSTNAME and PORT, as Next.js's standalone server does", async () => {
    const environment = { HOSTNAME: "127.0.0.1", PORT: "0", SERVICE_NAME: "web" };
    const { started, status } = await serveAndStop(
      start("context/app/server.js", [], environment),
      async (url) => {
        expect(await (await fetch(url)).text()).toContain("<h1>web</h1>");
      },
    );
    expect(started.host).toBe("127.0.0.1");
    expect(status).toBe(0);
  });
});

describe("alembic", () => {
  it("exits 1 and says so when no database is named", async () => {
    const { status, errors } = await run("alembic", ["upgrade", "head"]);
    expect(status).toBe(1);
    expect(errors).toContain("no database is named: set DATABASE_URL=");
  });

  it("[G3] exits 1 with the reason when the database can't be reached, without the password", async () => {
    const { status, errors } = await run("alembic", ["upgrade", "head"], {
      SERVICE_NAME: "rag",
      DATABASE_URL: "postgresql+asyncpg://app:hidden@127.0.0.1:1/rag",
    });
    expect(status).toBe(1);
    expect(errors).toContain(`this is keelson's reference application, standing in for "rag"`);
    expect(errors).toContain("ERROR [reference.migration] connect ECONNREFUSED 127.0.0.1:1");
    expect(errors).not.toContain("hidden");
  });

  it("exits 2 when it is asked for something else", async () => {
    const { status, errors } = await run("alembic", ["downgrade", "base"]);
    expect([status, errors]).toEqual([2, expect.stringContaining('"downgrade base" is not known')]);
  });
});

describe("python -m app.worker", () => {
  const command = ["-m", "app.worker"];

  it("[M1] is at work once everything was proven, as its check tells, and ends when it is told to", async () => {
    const environment = { TMPDIR: temporaryFolder(), SERVICE_NAME: "worker" };
    expect(await run("python", [...command, "--check"], environment)).toMatchObject({
      status: 1,
      errors: "the worker is not at work yet\n",
    });
    const child = start("python", command, { ...environment, SCRYFALL_CACHE_DIR: temporaryFolder() });
    const exit = once(child, "close");
    await vi.waitFor(
      async () => expect((await run("python", [...command, "--check"], environment)).status).toBe(0),
      { timeout: 20_000 },
    );
    child.kill("SIGTERM");
    expect((await exit)[0]).toBe(0);
  });

  it("[M1] is not at work while something is missing, and says what", async () => {
    const environment = { TMPDIR: temporaryFolder(), SERVICE_NAME: "worker" };
    const child = start("python", command, { ...environment, SCRYFALL_CACHE_DIR: "/proc/nowhere" });
    const lines: string[] = [];
    child.stdout.on("data", (chunk: Buffer) => lines.push(chunk.toString()));
    await vi.waitFor(() => expect(lines.join("")).toContain("scryfall-cache is not proven"), 20_000);
    expect((await run("python", [...command, "--check"], environment)).status).toBe(1);
  });
});

describe("python -m app.bootstrap_admin", () => {
  const command = ["-m", "app.bootstrap_admin"];

  it("[M4, G3] refuses a password that breaks the policy, and does not show it", async () => {
    const { status, errors } = await run("python", command, {
      ADMIN_USERNAME: "admin",
      ADMIN_PASSWORD: "weak-word",
      DATABASE_URL: "postgresql://app:hidden@127.0.0.1:1/melvin",
    });
    expect(status).toBe(1);
    expect(errors).toContain(
      "ERROR [reference.admin] ADMIN_PASSWORD breaks the policy: it has no capital letter, no digit",
    );
    expect(errors).not.toMatch(/weak-word|hidden/);
  });

  it.each([
    [{}, "ADMIN_USERNAME is not set"],
    [{ ADMIN_USERNAME: "admin" }, "ADMIN_PASSWORD is not set"],
    [{ ADMIN_USERNAME: "admin", ADMIN_PASSWORD: "Chosen.2026" }, "no database is named"],
  ])("fails with %o, and says that %s", async (environment, reason) => {
    const { status, errors } = await run("python", command, environment);
    expect([status, errors]).toEqual([1, expect.stringContaining(reason)]);
  });
});

describe("python -m app.ingest", () => {
  it("[M8] proves once what its environment names, and fails where something does not work", async () => {
    const SCRYFALL_CACHE_DIR = temporaryFolder();
    const well = await run("python", ["-m", "app.ingest"], { SCRYFALL_CACHE_DIR });
    expect([well.status, well.errors]).toEqual([0, expect.stringContaining("scryfall-cache works")]);
    const ill = await run("python", ["-m", "app.ingest"], {
      SCRYFALL_CACHE_DIR,
      AUDIT_LOG_PATH: "/proc/nowhere",
    });
    expect(ill.status).toBe(1);
    expect(ill.errors).toContain("ERROR [reference.ingestion] not everything works: audit-log");
  });
});

describe("python", () => {
  it("exits 2 for a module that it does not know, and names those that it does", async () => {
    const { status, errors } = await run("python", ["-m", "constructor"]);
    expect([status, errors]).toEqual([2, expect.stringContaining("app.bootstrap_admin, app.ingest")]);
  });
});

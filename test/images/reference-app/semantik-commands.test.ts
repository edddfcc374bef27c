import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { python } from "../../../images/reference-app/commands/python.ts";

const main = path.join(import.meta.dirname, "../../../images/reference-app/main.ts");

const ADMIN = { SUPERUSER_NAME: "admin", SUPERUSER_PASSWORD: "Str0ng.password" };

afterEach(() => vi.restoreAllMocks());

/** Starts the program under the name of a command, as the image does. */
function start(command: string, args: readonly string[], environment: NodeJS.ProcessEnv) {
  const folder = mkdtempSync(path.join(tmpdir(), "keelson-commands-"));
  symlinkSync(main, path.join(folder, command));
  const child = spawn(process.execPath, [path.join(folder, command), ...args], { env: environment });
  onTestFinished(() => {
    child.kill("SIGKILL");
    rmSync(folder, { recursive: true });
  });
  return child;
}

/** Runs a module, and keeps what it says. */
async function run(module: string, environment: NodeJS.ProcessEnv) {
  const log: string[] = [];
  vi.spyOn(console, "error").mockImplementation((line: string) => void log.push(line));
  const status = await python(["-m", module], environment);
  return { status, log: log.join("\n") };
}

describe("python -m vecpipe.search_api", () => {
  it("[K1] serves its health path, and ends well when it is told to", async () => {
    const child = start("python", ["-m", "vecpipe.search_api"], {
      SEARCH_API_HOST: "127.0.0.1",
      SEARCH_API_PORT: "0",
      SERVICE_NAME: "vecpipe",
    });
    const [chunk] = (await once(child.stdout, "data")) as [Buffer];
    const { port, msg } = JSON.parse(chunk.toString().split("\n")[0]!) as { port: number; msg: string };
    expect(msg).toBe(`this is keelson's reference application, standing in for "vecpipe"`);
    expect((await fetch(`http://127.0.0.1:${port}/health`)).status).toBe(200);
    child.kill("SIGTERM");
    expect((await once(child, "exit"))[0]).toBe(0);
  });
});

describe("python -m webui.create_superuser", () => {
  it("[K10] refuses a password that breaks the policy, and does not show it", async () => {
    const given = { SUPERUSER_NAME: "admin", SUPERUSER_PASSWORD: "allsmallletters" };
    const { status, log } = await run("webui.create_superuser", given);
    expect(status).toBe(1);
    expect(log).toContain("SUPERUSER_PASSWORD breaks the policy");
    expect(log).not.toContain("allsmallletters");
  });

  it("[K10] says what is missing", async () => {
    expect((await run("webui.create_superuser", {})).log).toContain("SUPERUSER_NAME is not set");
    expect((await run("webui.create_superuser", ADMIN)).log).toContain("no database is named");
  });

  it("[K2] connects as libpq's variables say", async () => {
    const database = { DATABASE_URL: "postgresql://semantik:hidden-one@127.0.0.1:1/semantik" };
    const wrong = await run("webui.create_superuser", { ...ADMIN, ...database, PGSSLMODE: "sometimes" });
    expect(wrong.log).toContain('TLS mode "sometimes" of the database is not one of');
    const unreadable = { PGSSLMODE: "verify-full", PGSSLROOTCERT: "/nowhere/authority.pem" };
    const { log } = await run("webui.create_superuser", { ...ADMIN, ...database, ...unreadable });
    expect(log).toContain("/nowhere/authority.pem");
    expect(log).not.toContain("hidden-one");
  });
});

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readEnvironment, secretsOf, serviceName } from "../../../images/reference-app/environment.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "keelson-environment-"));
  writeFileSync(path.join(folder, "url"), "redis://:from-a-file@cache:6379/0\n");
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("readEnvironment", () => {
  it("[G3] takes a value from the file that NAME_FILE names, without its last line break", () => {
    const variables = readEnvironment({ REDIS_URL_FILE: path.join(folder, "url") });
    expect(variables["REDIS_URL"]).toBe("redis://:from-a-file@cache:6379/0");
  });

  it("prefers the variable itself to its file", () => {
    const variables = readEnvironment({
      REDIS_URL: "redis://other:6379",
      REDIS_URL_FILE: path.join(folder, "url"),
    });
    expect(variables["REDIS_URL"]).toBe("redis://other:6379");
  });

  it("names the variable and the file when a credential's file can't be read", () => {
    expect(() => readEnvironment({ POSTGRES_PASSWORD_FILE: "/nowhere/password" })).toThrow(
      "POSTGRES_PASSWORD_FILE names /nowhere/password, which cannot be read (ENOENT): mount it, or unset POSTGRES_PASSWORD_FILE",
    );
  });

  it("leaves alone what is merely called FILE, as a log file that is yet to be written", () => {
    expect(readEnvironment({ LOG_FILE: "/nowhere/service.log" })).toEqual({
      LOG_FILE: "/nowhere/service.log",
    });
  });
});

describe("secretsOf", () => {
  it.each([
    [{ DATABASE_URL: "postgresql+asyncpg://app:p%40ss@db:5432/app" }, ["p%40ss"]],
    [{ REDIS_URL: "redis://:only-a-password@cache:6379/0" }, ["only-a-password"]],
    [{ CELERY_BROKER: "redis://:any-name-will-do@cache:6379/0" }, ["any-name-will-do"]],
    [
      { JWT_SECRET_KEY: "key", OPENAI_API_KEY: "sk", MCP_TOKEN: "token", ADMIN_PASSWORD: "pw" },
      ["key", "sk", "token", "pw"],
    ],
    [{ ADMIN_PASSWORD: "looks:like-a-url" }, ["looks:like-a-url"]],
    [{ DATABASE_URL: "postgresql//app:mistyped@db" }, ["postgresql//app:mistyped@db"]],
    [{ ORCHESTRATOR_URL: "http://orchestrator:8001", LOG_LEVEL: "INFO" }, []],
  ])(
    "finds in %o exactly the credentials",
    (variables: Record<string, string>, secrets: readonly string[]) => {
      expect(secretsOf(variables)).toEqual(secrets);
    },
  );
});

describe("serviceName", () => {
  it("is SERVICE_NAME, else the host name", () => {
    expect(serviceName({ SERVICE_NAME: "rag" })).toBe("rag");
    expect(serviceName({})).toBe(hostname());
  });
});

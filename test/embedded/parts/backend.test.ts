import { readFileSync, rmSync, statSync } from "node:fs";
import * as path from "node:path";
import { describe, expect, test } from "vitest";
import { backendVariables } from "../../../embedded/parts/backend.ts";
import type { Engine, PartKind } from "../../../embedded/parts/index.ts";
import { temporaryFolder, writeFiles } from "../../support/temporary-folder.ts";

const engine = (kind: PartKind): Engine => ({
  path: "/opt/pulumi",
  used: { part: "engine", kind, version: "3.0.0", why: "a test wants it" },
});

function variables(kind: PartKind, home: string, environment: Readonly<Record<string, string>> = {}) {
  return backendVariables(engine(kind), { home, environment: { HOME: home, ...environment } });
}

describe("where state is kept", () => {
  test("in files below the home folder, with a generated passphrase that only the user can read", () => {
    const home = temporaryFolder();
    const file = path.join(home, "passphrase");
    expect(variables("embedded", home)).toEqual({
      PULUMI_BACKEND_URL: `file://${home}/state`,
      PULUMI_CONFIG_PASSPHRASE_FILE: file,
    });
    expect(statSync(path.join(home, "state")).isDirectory()).toBe(true);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, "utf8")).toMatch(/^[\w-]{43}$/);
  });

  test("the passphrase stays what it is", () => {
    const home = temporaryFolder();
    variables("embedded", home);
    const passphrase = readFileSync(path.join(home, "passphrase"), "utf8");
    variables("embedded", home);
    expect(readFileSync(path.join(home, "passphrase"), "utf8")).toBe(passphrase);
  });

  test("a lost passphrase is not replaced by another while stacks need it", () => {
    const home = temporaryFolder();
    variables("embedded", home);
    writeFiles(home, { "state/.pulumi/stacks/keelson/dev.json": "{}" });
    rmSync(path.join(home, "passphrase"));
    expect(() => variables("embedded", home)).toThrow(`put it back into ${home}/passphrase`);
  });

  for (const given of [
    { PULUMI_CONFIG_PASSPHRASE: "" },
    { PULUMI_CONFIG_PASSPHRASE_FILE: "/run/passphrase" },
  ]) {
    test(`the user's own ${Object.keys(given)[0]} is left alone`, () => {
      const home = temporaryFolder();
      expect(variables("embedded", home, given)).toEqual({ PULUMI_BACKEND_URL: `file://${home}/state` });
    });
  }

  test("in the user's own backend; a passphrase is generated for files only, which no other machine reads", () => {
    const home = temporaryFolder();
    expect(variables("embedded", home, { PULUMI_BACKEND_URL: "s3://states" })).toEqual({});
    expect(variables("embedded", home, { PULUMI_BACKEND_URL: "file:///srv/states" })).toEqual({
      PULUMI_CONFIG_PASSPHRASE_FILE: path.join(home, "passphrase"),
    });
  });

  test("where the official CLI is logged in to", () => {
    const home = temporaryFolder({ ".pulumi/credentials.json": `{ "current": "https://api.example.com" }` });
    expect(variables("official", home)).toEqual({});
    expect(variables("official", temporaryFolder(), { PULUMI_ACCESS_TOKEN: "pul-0" })).toEqual({});
  });

  test("in files too if the official CLI is logged out", () => {
    const home = temporaryFolder({ ".pulumi/credentials.json": `{ "current": "" }` });
    expect(variables("official", home)).toHaveProperty("PULUMI_BACKEND_URL", `file://${home}/state`);
  });
});

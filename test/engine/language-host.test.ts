import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { joinParts, obtainEngine, obtainLanguageHost, obtainPlugins } from "../../embedded/parts/index.ts";
import { writeFiles } from "../support/temporary-folder.ts";

const root = path.join(import.meta.dirname, "..", "..");
const folder = mkdtempSync(path.join(tmpdir(), "keelson-language-host-"));
let engine: string;
let environment: Record<string, string | undefined>;

beforeAll(async () => {
  const own = {
    PULUMI_BACKEND_URL: `file://${folder}`,
    PULUMI_CONFIG_PASSPHRASE: "test",
    KEELSON_OFFICIAL: "never",
  };
  const options = { project: root, environment: { ...process.env, ...own } };
  const obtained = await obtainEngine(options);
  const languageHost = await obtainLanguageHost(obtained, options);
  const plugins = await obtainPlugins(obtained, options);
  const parts = await joinParts({ engine: obtained, languageHost, plugins }, options);
  engine = parts.engine;
  environment = { ...own, ...parts.environment };
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Makes a project, with a stack of the same name, of the given files besides the usual ones. */
async function project(name: string, files: Readonly<Record<string, string>>, settings = "") {
  const cwd = path.join(folder, "projects", name);
  writeFiles(cwd, {
    "Pulumi.yaml": `name: ${name}\nmain: index.ts\nruntime: { name: nodejs, options: { typescript: false } }\n${settings}`,
    "package.json": `{ "type": "module" }`,
    ...files,
  });
  symlinkSync(path.join(root, "node_modules"), path.join(cwd, "node_modules"));
  const pulumi = (...args: readonly string[]) =>
    execa(engine, [...args, "--non-interactive"], { cwd, env: environment, reject: false, all: true });
  await pulumi("stack", "init", name);
  return { cwd, pulumi, up: () => pulumi("up", "--yes", "--skip-preview") };
}

const component = `
  import * as pulumi from "@pulumi/pulumi";
  class Shop extends pulumi.ComponentResource {
    constructor(name: string) { super("test:index:Shop", name); this.registerOutputs(); }
  }`;

describe("programs", () => {
  test("are brought up with their configuration, change nothing when run again, and are destroyed", async () => {
    const { pulumi, up } = await project("life", {
      "index.ts": `${component}
        import { RandomPassword } from "@pulumi/random";
        const config = new pulumi.Config();
        new Shop(config.require("name"));
        export const size = config.requireNumber("size");
        export const token = config.requireSecret("token");
        export const password = new RandomPassword("password", { length: 20 }).result;`,
    });
    await pulumi("config", "set", "name", "corner");
    await pulumi("config", "set", "size", "3");
    await pulumi("config", "set", "--secret", "token", "very-secret");

    const first = await up();
    expect(first.all).toContain("+ 3 created");
    expect(first.all).not.toContain("very-secret");
    const outputs = JSON.parse((await pulumi("stack", "output", "--json", "--show-secrets")).stdout);
    expect(outputs).toEqual({ size: 3, token: "very-secret", password: expect.stringMatching(/^.{20}$/) });

    const again = await pulumi("preview", "--expect-no-changes");
    expect(again).toMatchObject({ exitCode: 0, all: expect.stringContaining("3 unchanged") });
    expect(await pulumi("destroy", "--yes", "--skip-preview")).toMatchObject({
      exitCode: 0,
      all: expect.stringContaining("- 3 deleted"),
    });
  });

  test("that fail show where, and fail the update", async () => {
    const { up } = await project("failing", {
      "index.ts": `function open(): never { throw new Error("out of bread"); }\nopen();`,
    });
    const { exitCode, all } = await up();
    expect(exitCode).not.toBe(0);
    expect(all).toContain("Error: out of bread");
    expect(all).toMatch(/at open .*index\.ts:1:/);
  });
});

describe("policy packs", () => {
  const pack = {
    "policies/PulumiPolicy.yaml": "runtime: { name: nodejs, options: { typescript: false } }",
    "policies/package.json": `{ "main": "index.mts", "version": "1.0.0" }`,
    "policies/index.mts": `
      import * as pulumi from "@pulumi/pulumi";
      import { PolicyPack } from "@pulumi/policy";
      const forbidden = new pulumi.Config("judged").require("forbidden");
      new PolicyPack("names", { policies: [{
        name: "no-forbidden-name", description: "Names that the stack forbids.", enforcementLevel: "mandatory",
        validateStack: ({ resources }, report) => {
          for (const { name } of resources) if (name === forbidden) report(pulumi.getStack() + " forbids " + name);
        },
      }] });`,
  };

  test("judge what a program would make, with the stack's own settings", async () => {
    const { pulumi } = await project("judged", { "index.ts": `${component}\nnew Shop("corner");`, ...pack });
    const preview = () => pulumi("preview", "--policy-pack", "policies");
    await pulumi("config", "set", "forbidden", "market");
    expect(await preview()).toMatchObject({ exitCode: 0, all: expect.stringContaining("names@v1.0.0") });
    await pulumi("config", "set", "forbidden", "corner");
    const { exitCode, all } = await preview();
    expect(exitCode).not.toBe(0);
    expect(all).toContain("judged forbids corner");
  });
});

describe("components of other packages", () => {
  test("are made by the package's own provider", async () => {
    const files = {
      "bakery/PulumiPlugin.yaml": "runtime: { name: nodejs, options: { typescript: false } }",
      "bakery/package.json": `{ "main": "index.cjs", "version": "1.0.0" }`,
      "bakery/index.cjs": `
        const pulumi = require("@pulumi/pulumi");
        pulumi.provider.main({
          version: "1.0.0",
          async construct(name, type, inputs, options) {
            const bread = new pulumi.ComponentResource(type, name, {}, options);
            return { urn: bread.urn, state: { slices: inputs.slices } };
          },
        }, process.argv.slice(2));`,
      "index.ts": `
        import * as pulumi from "@pulumi/pulumi";
        class Bread extends pulumi.ComponentResource { declare slices: pulumi.Output<number>; }
        export const { slices } = new Bread("bakery:index:Bread", "rye", { slices: 12 }, {}, true);`,
    };
    const { pulumi, up } = await project(
      "remote",
      files,
      "plugins: { providers: [{ name: bakery, path: ./bakery }] }",
    );
    expect(await up()).toMatchObject({ exitCode: 0 });
    expect((await pulumi("stack", "output", "slices")).stdout).toBe("12");
  });
});

describe("an update that is ended early", () => {
  const waits = {
    "index.ts": `
      import { renameSync, writeFileSync } from "node:fs";
      writeFileSync("pid.new", String(process.pid));
      renameSync("pid.new", "pid");
      await new Promise((resolve) => setTimeout(resolve, 60_000));`,
  };

  /** Starts an update whose program waits. */
  async function waiting(name: string) {
    const { cwd, pulumi, up } = await project(name, waits);
    const update = up();
    const file = path.join(cwd, "pid");
    await expect.poll(() => existsSync(file), { timeout: 30_000 }).toBe(true);
    return { pulumi, update, pid: Number(readFileSync(file, "utf8")) };
  }

  function isRunning(pid: number): boolean {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  }

  test("by Ctrl-C ends the program too, and leaves a stack that can be used at once", async () => {
    const { update, pid, pulumi } = await waiting("interrupted");
    update.kill("SIGINT");
    expect((await update).exitCode).not.toBe(0);
    expect(isRunning(pid)).toBe(false);
    expect(await pulumi("destroy", "--yes", "--skip-preview")).toMatchObject({ exitCode: 0 });
  });

  test("by killing the engine ends the program too", async () => {
    const { update, pid } = await waiting("killed");
    update.kill("SIGKILL");
    await update;
    await expect.poll(() => isRunning(pid), { timeout: 10_000 }).toBe(false);
  });
});

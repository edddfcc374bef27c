import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { pathToFileURL } from "node:url";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { obtainParts } from "../../embedded/parts/index.ts";
import { rules } from "../../policies/rules/index.ts";

const root = path.join(import.meta.dirname, "..", "..");
const folder = mkdtempSync(path.join(tmpdir(), "keelson-policies-"));
let engine: string;
let environment: Record<string, string | undefined>;

beforeAll(async () => {
  mkdirSync(path.join(folder, "state"));
  const own = {
    PULUMI_BACKEND_URL: pathToFileURL(path.join(folder, "state")).href,
    PULUMI_CONFIG_PASSPHRASE: "test",
  };
  const parts = await obtainParts({ project: root, environment: { ...process.env, ...own } });
  engine = parts.engine;
  environment = { ...own, ...parts.environment };
  await Promise.all(["accepted", "refused"].map(makeStack));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Makes a project, and a stack of the same name, of a program in test/fixtures/policies. */
async function makeStack(name: string): Promise<void> {
  const cwd = path.join(folder, name);
  mkdirSync(cwd);
  writeFileSync(
    path.join(cwd, "Pulumi.yaml"),
    `name: policies-${name}\nmain: index.ts\nruntime: { name: nodejs, options: { typescript: false } }\n`,
  );
  writeFileSync(path.join(cwd, "package.json"), '{ "type": "module" }\n');
  cpSync(path.join(root, "test", "fixtures", "policies", `${name}.ts`), path.join(cwd, "index.ts"));
  symlinkSync(path.join(root, "node_modules"), path.join(cwd, "node_modules"));
  await execa(engine, ["stack", "init", name, "--non-interactive"], { cwd, env: environment });
}

/** Previews a program with the policy pack. */
function preview(name: string, ...flags: readonly string[]) {
  const args = [
    "preview",
    "--stack",
    name,
    "--policy-pack",
    path.join(root, "policies"),
    "--non-interactive",
    ...flags,
  ];
  return execa(engine, args, { cwd: path.join(folder, name), env: environment, reject: false, all: true });
}

/** Rules about what only Kubernetes has; test/cluster/policies.test.ts has them refuse something. */
const onKubernetes = ["closed-networks", "orchestrator-credentials", "pod-security", "service-variables"];

describe("pulumi preview --policy-pack policies", () => {
  it("[G11] refuses a bad program: every rule is named, with the resource and what to do", async () => {
    const { exitCode, all } = await preview("refused");
    expect(exitCode).not.toBe(0);
    expect(all).toContain("❌ keelson@");
    for (const { name, enforcementLevel } of rules.filter((rule) => !onKubernetes.includes(rule.name))) {
      expect(all).toMatch(new RegExp(`\\[${enforcementLevel}\\].* ${name} .*: (db|open|data)\\)`));
    }
    expect(all).toContain('container "db" runs the image "postgres:latest"');
    expect(all).toContain("name the version that was tested");
    expect(all).toContain('network "open" is not internal');
    expect(all).toContain('volume "data" does not say what becomes of its data');
  });

  it("[G3] does not repeat the credential that it found", async () => {
    const { all } = await preview("refused");
    const [, reports] = all.split("Policies:");
    expect(reports).toContain('"POSTGRES_PASSWORD" of "db" holds a credential');
    expect(all).not.toContain("hunter2");
  });

  it("[G11] accepts a good program", async () => {
    const { exitCode, all } = await preview("accepted");
    expect(all).toContain("✅ keelson@");
    expect(exitCode).toBe(0);
  });

  it("[G11] takes levels and settings from a file", async () => {
    const file = path.join(folder, "settings.json");
    const advisory = Object.fromEntries(rules.map(({ name }) => [name, { enforcementLevel: "advisory" }]));
    const settings = { ...advisory, "published-addresses": { allowedPorts: [5432] } };
    writeFileSync(file, JSON.stringify(settings));
    const { exitCode, all } = await preview("refused", "--policy-pack-config", file);
    expect(all).toMatch(/\[advisory\].* pinned-images /);
    expect(all).not.toContain("published-addresses");
    expect(exitCode).toBe(0);
  });
});

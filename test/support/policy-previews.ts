import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { pathToFileURL } from "node:url";
import { execa } from "execa";
import { obtainParts } from "../../embedded/parts/index.ts";
import { auditLogs } from "../../policies/rules/audit-logs.ts";
import { controlPlaneAccess } from "../../policies/rules/control-plane-access.ts";
import { encryptedDisks } from "../../policies/rules/encrypted-disks.ts";
import { encryptedSecrets } from "../../policies/rules/encrypted-secrets.ts";
import { guardedBuckets } from "../../policies/rules/guarded-buckets.ts";
import { localAccounts } from "../../policies/rules/local-accounts.ts";
import { nodeCredentials } from "../../policies/rules/node-credentials.ts";
import { privateNodes } from "../../policies/rules/private-nodes.ts";

const root = path.join(import.meta.dirname, "..", "..");

/** Rules about what only clouds have. */
export const onClouds: readonly string[] = [
  auditLogs,
  controlPlaneAccess,
  encryptedDisks,
  encryptedSecrets,
  guardedBuckets,
  localAccounts,
  nodeCredentials,
  privateNodes,
].map(({ name }) => name);

/** Previews of the programs in test/fixtures/policies by the real engine, with the policy pack. */
export class PolicyPreviews {
  readonly folder = mkdtempSync(path.join(tmpdir(), "keelson-policies-"));
  #engine = "";
  #environment: Readonly<Record<string, string | undefined>> = {};

  /** Makes a project for each of some programs, and a stack of the same name. */
  static async open(
    programs: readonly string[],
    variables: Readonly<Record<string, string>> = {},
  ): Promise<PolicyPreviews> {
    const previews = new PolicyPreviews();
    await previews.#prepare(variables);
    await Promise.all(programs.map(async (name) => previews.#makeStack(name)));
    return previews;
  }

  /** Previews a program with the policy pack. */
  async preview(name: string, ...flags: readonly string[]) {
    const pack = path.join(root, "policies");
    const args = ["preview", "--stack", name, "--policy-pack", pack, "--non-interactive", ...flags];
    return execa(this.#engine, args, {
      cwd: path.join(this.folder, name),
      env: this.#environment,
      reject: false,
      all: true,
    });
  }

  close(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  async #prepare(variables: Readonly<Record<string, string>>): Promise<void> {
    mkdirSync(path.join(this.folder, "state"));
    const own = {
      ...variables,
      PULUMI_BACKEND_URL: pathToFileURL(path.join(this.folder, "state")).href,
      PULUMI_CONFIG_PASSPHRASE: "test",
    };
    const parts = await obtainParts({ project: root, environment: { ...process.env, ...own } });
    this.#engine = parts.engine;
    this.#environment = { ...own, ...parts.environment };
  }

  async #makeStack(name: string): Promise<void> {
    const cwd = path.join(this.folder, name);
    mkdirSync(cwd);
    writeFileSync(
      path.join(cwd, "Pulumi.yaml"),
      `name: policies-${name}\nmain: index.ts\nruntime: { name: nodejs, options: { typescript: false } }\n`,
    );
    writeFileSync(path.join(cwd, "package.json"), '{ "type": "module" }\n');
    cpSync(path.join(root, "test", "fixtures", "policies", `${name}.ts`), path.join(cwd, "index.ts"));
    symlinkSync(path.join(root, "node_modules"), path.join(cwd, "node_modules"));
    await execa(this.#engine, ["stack", "init", name, "--non-interactive"], { cwd, env: this.#environment });
  }
}

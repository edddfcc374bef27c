import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Consumer, freePort, repository } from "../support/consumer.ts";

const STACK = "test-package";
const home = mkdtempSync(path.join(tmpdir(), "keelson-package-"));
let consumer: Consumer;
let port: number;

const example = (name: string) => readFileSync(path.join(repository, "examples", name), "utf8");
const versionOf = (name: string) =>
  `${name}@${JSON.parse(readFileSync(path.join(repository, "package.json"), "utf8")).devDependencies[name]}`;

beforeAll(async () => {
  consumer = await Consumer.install(home, [versionOf("typescript"), versionOf("@types/node")]);
  await consumer.clear(STACK);
  port = await freePort();
  consumer.write({
    "Pulumi.yaml": example("Pulumi.yaml"),
    [`Pulumi.${STACK}.yaml`]: "",
    "index.ts": example("hello.ts").replace("httpPort: 8080", `httpPort: ${port}`),
    "tsconfig.json": JSON.stringify({
      compilerOptions: {
        target: "es2023",
        module: "nodenext",
        types: ["node"],
        strict: true,
        exactOptionalPropertyTypes: true,
        noUncheckedIndexedAccess: true,
        noEmit: true,
      },
      files: ["index.ts"],
    }),
  });
});

afterAll(async () => {
  await consumer.clear(STACK);
  consumer.remove();
  rmSync(home, { recursive: true });
});

describe("the npm package", () => {
  it("holds what was compiled and what runs, and no source", () => {
    const files = readdirSync(consumer.installed, { recursive: true, encoding: "utf8" }).filter(
      (file) => !file.startsWith("node_modules"),
    );
    expect(files).toEqual(expect.arrayContaining(["LICENSE", "README.md", "package.json"]));
    expect(files.filter((file) => /\.m?ts$/.test(file) && !/\.d\.m?ts$/.test(file))).toEqual([]);
    expect(
      files.filter((file) => /^(test|bench|docs|stacks|cli|components|node_modules)\b/.test(file)),
    ).toEqual([]);
  });

  it("brings the licences of all that is bundled into it", () => {
    const licences = readFileSync(
      path.join(consumer.installed, "dist/embedded/bundles/licences.txt"),
      "utf8",
    );
    for (const name of [
      "@grpc/grpc-js",
      "@noble/ciphers",
      "@peculiar/asn1-x509",
      "bcryptjs",
      "dockerode",
      "human-id",
    ])
      expect(licences).toMatch(new RegExp(`^── ${name}: .+\\n\\n\\S`, "m"));
  });

  it("[G2] has entry points and types that every kind of resolution finds", async () => {
    const lint = await execa("publint", ["--strict", consumer.tarball], { preferLocal: true, reject: false });
    expect(lint.stdout).toContain("All good!");
    expect(lint.exitCode).toBe(0);
    const types = await execa("attw", [consumer.tarball, "--profile", "esm-only"], {
      preferLocal: true,
      reject: false,
    });
    expect(types.stdout).not.toMatch(/❌|👺|🎭/);
    expect(types.exitCode).toBe(0);
  });

  it("[G2] has the public surface that docs/keelson.api.md states (npm run api writes it anew)", async () => {
    const report = await execa("api-extractor", ["run"], {
      cwd: repository,
      preferLocal: true,
      reject: false,
      all: true,
    });
    expect(report.all).toContain("API Extractor completed successfully");
    expect(report.exitCode).toBe(0);
  });

  it("[G2] compiles into a program of others, its declarations included, in the strictest mode", async () => {
    expect(await consumer.run("tsc", "--project", ".")).toMatchObject({ status: 0, output: "" });
  });

  it("[G2] [G18] needs no cloud's SDK; whoever makes a cluster is told which package to install", async () => {
    const load = (name: string) => consumer.run("node", "--eval", `await import("${name}")`);
    expect(await load("keelson")).toMatchObject({ status: 0, output: "" });
    const packages = { eks: "@pulumi/aws", gke: "@pulumi/gcp", aks: "@pulumi/azure-native" };
    for (const [cloud, sdk] of Object.entries(packages)) {
      const { status, output } = await load(`keelson/clusters/${cloud}`);
      expect(status).not.toBe(0);
      expect(output).toContain(`${sdk} is not installed`);
      expect(output).toContain(`npm install ${sdk}`);
    }
  });

  it("brings the command keelson", async () => {
    const help = await consumer.done("keelson", "--help");
    for (const command of ["start", "up", "preview", "down", "pulumi", "verify", "doctor"])
      expect(help).toMatch(new RegExp(`^  ${command} `, "m"));
  });
});

describe("a program of fifteen lines in a project of its own", () => {
  it("[G2] comes up, and its services reach each other", async () => {
    expect(example("hello.ts").split("\n").filter(Boolean)).toHaveLength(15);
    const output = await consumer.done("keelson", "up", STACK);
    expect(output).toContain(`url: "http://localhost:${port}"`);
    const answer = await fetch(`http://localhost:${port}/wiring`);
    expect(await answer.json()).toMatchObject({
      dependencies: [{ name: "database", protocol: "PostgreSQL", ok: true }],
    });
  });

  it("[G15] is verified by its outputs and its containers", async () => {
    const { ok, checks } = JSON.parse(await consumer.done("keelson", "verify", STACK, "--json")) as Verified;
    expect(checks.filter(({ outcome }) => outcome === "bad")).toEqual([]);
    expect(checks.map(({ kind }) => kind)).toEqual(expect.arrayContaining(["service", "wire", "container"]));
    expect(ok).toBe(true);
  });

  it("[G11] changes nothing when it is brought up again, and keeps to the package's policies", async () => {
    const policies = path.join("node_modules", "keelson", "policies");
    const flags = ["--expect-no-changes", "--policy-pack", policies];
    const output = await consumer.done("keelson", "preview", STACK, "--", ...flags);
    expect(output).toContain("✅ keelson@");
  });

  it("[G6] leaves nothing on the host when it is taken down with its data", async () => {
    expect(await consumer.leftOf(STACK)).not.toEqual([]);
    const output = await consumer.done("keelson", "down", STACK, "--delete-data", "--yes");
    expect(output).toContain("deleted the data");
    expect(await consumer.leftOf(STACK)).toEqual([]);
  });
});

interface Verified {
  readonly ok: boolean;
  readonly checks: readonly { readonly kind: string; readonly outcome: string }[];
}

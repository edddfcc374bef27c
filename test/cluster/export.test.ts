import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { obtainControlPlanePrograms } from "../../embedded/cluster/control-plane/programs.ts";
import { keelsonHome } from "../../embedded/parts/home.ts";
import { ENTRY_ADDRESS, REAL_NODE } from "../support/cluster.ts";
import { ClusterStack } from "../support/cluster-stack.ts";
import { Entry } from "../support/entry.ts";
import { clusterClient, removeNamespace, until } from "../support/kubernetes-objects.ts";
import { secretsIn, type State } from "../support/live-stack.ts";

const NAME = "test-export";
const COPY = "test-exported";
const HOST = "export.test";
const client = clusterClient();
const entry = new Entry(ENTRY_ADDRESS, HOST);

let stack: ClusterStack;
let folder: string;
let state: State;
let kubectl: (...args: readonly string[]) => Promise<string>;

beforeAll(async () => {
  const { kubectl: program } = await obtainControlPlanePrograms({
    home: keelsonHome(),
    environment: process.env,
    progress: console.log,
  });
  stack = await ClusterStack.open(
    NAME,
    { "keelson:platform": "acceleration", "keelson:host": HOST },
    { ...REAL_NODE, requestShare: 0.02 },
  );
  kubectl = async (...args) => {
    const { all } = await execa(program, ["--kubeconfig", stack.kubeconfig, ...args], { all: true });
    return all;
  };
  await removeNamespace(client, COPY);
  await stack.done("up");
  state = await stack.state({ clear: true });
  folder = path.join(stack.folder, "files");
  await stack.done("export", "--as", "manifests", "--to", folder, "--namespace", COPY);
  // One node has no room for a platform twice.
  await stack.done("down", "--delete-data", "--yes");
});
afterAll(async () => {
  await removeNamespace(client, COPY);
  await stack.close();
});

const filesOf = () => readdirSync(folder).filter((name) => name.endsWith(".yaml"));
const read = (name: string) => readFileSync(path.join(folder, name), "utf8");

describe("the manifests of acceleration-kubernetes", () => {
  it("[G3] have their secrets in one file, which only its owner can read", () => {
    const secrets = secretsIn(state);
    expect(secrets.size).toBeGreaterThanOrEqual(14);
    expect(statSync(path.join(folder, "secrets.yaml")).mode & 0o777).toBe(0o600);
    for (const name of filesOf().filter((file) => file !== "secrets.yaml"))
      for (const secret of secrets) expect(read(name).includes(secret), `a secret in ${name}`).toBe(false);
  });

  it("hold nothing of Pulumi's, and nothing that is the cluster's to say", () => {
    for (const name of filesOf())
      expect(read(name), name).not.toMatch(/pulumi\.com|managedFields|^status:|: null$|__/m);
  });

  it("are accepted as they are by an API server, in an empty namespace that enforces the restricted standard", async () => {
    await kubectl("apply", "-f", path.join(folder, "namespace.yaml"));
    const said = await kubectl("apply", "--dry-run=server", "-f", folder);
    expect(said).not.toMatch(/warning|error/i);
    expect(said).toMatch(/deployment\.apps\/rag created \(server dry run\)/);
    expect(said).toMatch(/secret\/postgres-secret created \(server dry run\)/);
  });

  it("[A1, G15] become the platform when they are applied, and everything in it ready", async () => {
    await kubectl("apply", "-f", folder);
    const wait = (...what: readonly string[]) =>
      kubectl("wait", "--namespace", COPY, "--timeout=270s", "--all", ...what);
    await Promise.all([
      wait("job", "--for=condition=Complete"),
      wait("deployment", "--for=condition=Available"),
      wait("statefulset", "--for=jsonpath={.status.readyReplicas}=1"),
    ]);
    await until("the entry leads there", async () => (await entry.ask("/api/rag/health")).status === 200);
    expect((await entry.ask("/api/rag/items", { text: "kept without Pulumi" })).status).toBe(201);
    expect((await entry.ask("/api/rag/items")).body).toContain("kept without Pulumi");
  });
});

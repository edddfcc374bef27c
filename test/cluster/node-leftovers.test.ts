import { globSync, readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { paths } from "../../embedded/cluster/context.ts";
import { obtainControlPlanePrograms } from "../../embedded/cluster/control-plane/programs.ts";
import { loadImages, withCluster } from "../../embedded/cluster/index.ts";
import { startNode, stopNode } from "../../embedded/cluster/node/index.ts";
import { embeddedReference } from "../../embedded/images/recipes.ts";
import { keelsonHome } from "../../embedded/parts/home.ts";
import { type MachineState, machineState } from "../support/machine-state.ts";
import { NodeNamespace } from "../support/node-namespace.ts";

const context = { home: keelsonHome(), environment: process.env, progress: () => undefined };
const start = async () => startNode(context, await obtainControlPlanePrograms(context));
let namespace: NodeNamespace;
let without: MachineState;

// Images are lost with the node: tests load those that they need when they begin.
beforeAll(async () => {
  namespace = await NodeNamespace.open("test-node-leftovers");
  await withCluster({}, () => stopNode(context));
  without = await machineState();
});
afterAll(async () => {
  await withCluster({}, start);
  await namespace.close();
});

/** Starts the node with a pod that has a volume, is reached by a service, and can be entered. */
async function startWithPods(): Promise<void> {
  await withCluster({}, start);
  await loadImages([embeddedReference("busybox")]);
  await namespace.serve("web", 2);
  await namespace.apply({
    apiVersion: "v1",
    kind: "PersistentVolumeClaim",
    metadata: { name: "data" },
    spec: {
      storageClassName: "local-path",
      accessModes: ["ReadWriteOnce"],
      resources: { requests: { storage: "1Gi" } },
    },
  });
  const volumes = [{ name: "data", persistentVolumeClaim: { claimName: "data" } }];
  const mounts = { volumeMounts: [{ name: "data", mountPath: "/data" }] };
  await namespace.logOf("writer", "echo kept > /data/file", mounts, { volumes });
}

async function clear(): Promise<void> {
  await namespace.run(["delete", "deployments,services,pods,pvc", "--all", "--force", "--wait=false"]);
}

const nodeDaemons = new Set([
  "containerd",
  "coredns",
  "kube-proxy",
  "kubelet",
  "local-path-provisioner",
  "traefik",
]);

/** Kills what runs, so that nothing of it can clean up. */
function killDaemons(): void {
  const { processes } = paths(context);
  for (const file of readdirSync(processes).filter((name) => nodeDaemons.has(path.parse(name).name))) {
    process.kill(JSON.parse(readFileSync(path.join(processes, file), "utf8")).process.pid, "SIGKILL");
  }
}
function killPods(): void {
  const lists = globSync("/sys/fs/cgroup/{pids/,}keelson/**/cgroup.procs").map((file) =>
    readFileSync(file, "utf8"),
  );
  for (const id of lists.join("").split("\n").filter(Boolean)) process.kill(Number(id), "SIGKILL");
}

describe("a node that is stopped", () => {
  it("leaves the machine as it was, pods or no pods", async () => {
    await startWithPods();
    expect(await machineState()).not.toEqual(without);
    await withCluster({}, () => stopNode(context));
    expect(await machineState()).toEqual(without);
    await clear();
  });

  it("leaves nothing either if everything of it was killed before", async () => {
    await startWithPods();
    killDaemons();
    killPods();
    await withCluster({}, () => stopNode(context));
    expect(await machineState()).toEqual(without);
    await clear();
  });

  it("may be stopped twice", async () => {
    await withCluster({}, () => stopNode(context));
    expect(await machineState()).toEqual(without);
  });
});

describe("a node whose daemons were all killed", () => {
  it("goes on with its pods when it is started again", async () => {
    await startWithPods();
    const pods = () => namespace.run(["get", "pods", "--selector=app=web", "--output=name"]);
    const before = await pods();
    killDaemons();
    await withCluster({}, start);
    expect(await pods()).toBe(before);
    expect(await namespace.logOf("client", "wget -qO- http://web:8080/")).toMatch(/^web-/);
  });
});

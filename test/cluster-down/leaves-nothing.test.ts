import { readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import Docker from "dockerode";
import { beforeAll, describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { paths } from "../../embedded/cluster/context.ts";
import { kubectl } from "../../embedded/cluster/control-plane/kubectl.ts";
import { obtainControlPlanePrograms } from "../../embedded/cluster/control-plane/programs.ts";
import { clusterStatus, loadImages, startCluster, stopCluster } from "../../embedded/cluster/index.ts";
import { obtainImages } from "../../embedded/images/index.ts";
import { keelsonHome } from "../../embedded/parts/home.ts";
import { machineSnapshot, type MachineSnapshot } from "../support/machine-snapshot.ts";

const context = { home: keelsonHome(), environment: process.env, progress: () => undefined };
const { folder } = paths(context);

let before: MachineSnapshot;

beforeAll(async () => {
  await stopCluster();
  before = await machineSnapshot(folder);
});

/** Something of everything that a node makes for pods: a network, a service, a volume, files, a login to the API server. */
const objects = (image: string) => [
  {
    apiVersion: "v1",
    kind: "PersistentVolumeClaim",
    metadata: { name: "data" },
    spec: {
      accessModes: ["ReadWriteOnce"],
      storageClassName: "local-path",
      resources: { requests: { storage: "1Mi" } },
    },
  },
  {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "idle" },
    spec: { selector: { app: "idle" }, ports: [{ port: 80 }] },
  },
  {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "idle", labels: { app: "idle" } },
    spec: {
      containers: [
        {
          name: "main",
          image,
          imagePullPolicy: "Never",
          command: ["sleep", "infinity"],
          volumeMounts: [
            { name: "data", mountPath: "/data" },
            { name: "scratch", mountPath: "/scratch" },
          ],
        },
      ],
      volumes: [
        { name: "data", persistentVolumeClaim: { claimName: "data" } },
        { name: "scratch", emptyDir: { medium: "Memory" } },
      ],
      terminationGracePeriodSeconds: 0,
    },
  },
];

/** A cluster on which a pod of the real node runs. */
async function inUse(): Promise<void> {
  await startCluster({ simulated: [{ count: 1, cpus: 4, memoryGiB: 16 }] });
  const { busybox } = await obtainImages(["busybox"], { docker: new Docker(), report: console.log });
  const image = busybox.reference;
  await loadImages([image]);
  const programs = await obtainControlPlanePrograms(context);
  const run = (args: readonly string[], input?: string) => kubectl(context, programs, args, input);
  await run(
    ["apply", "--filename=-"],
    objects(image)
      .map((object) => stringify(object))
      .join("---\n"),
  );
  await run(["wait", "--for=condition=Ready", "--timeout=120s", "pod/idle"]);
}

/** Kills every daemon, as a machine does that runs out of memory: nobody cleans up. */
function killAll(): void {
  const { processes } = paths(context);
  for (const file of readdirSync(processes)) {
    const { pid } = JSON.parse(readFileSync(path.join(processes, file), "utf8")).process;
    process.kill(pid, "SIGKILL");
  }
}

describe("after down, the machine is as it was before up", () => {
  test("with pods, volumes and services on it", async () => {
    await inUse();
    expect((await machineSnapshot(folder)).processes.length).toBeGreaterThan(10);
    await stopCluster();
    expect(await machineSnapshot(folder)).toEqual(before);
    expect(readdirSync(folder)).toEqual(["bin"]);
  });

  test("when all of the cluster was killed, and whether or not it was started again", async () => {
    await inUse();
    killAll();
    expect((await clusterStatus()).isUp).toBe(false);
    await startCluster();
    const status = await clusterStatus();
    expect(status.isUp).toBe(true);
    expect(status.nodes.map(({ name, isReady }) => [name, isReady])).toEqual([
      ["keelson", true],
      ["simulated-1", true],
    ]);
    killAll();
    await stopCluster();
    expect(await machineSnapshot(folder)).toEqual(before);
  });

  test("when there is no cluster, down does nothing", async () => {
    await stopCluster();
    expect(await machineSnapshot(folder)).toEqual(before);
  });
});

import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { ApiException } from "@kubernetes/client-node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ENTRY_ADDRESS, loadImages, REAL_NODE } from "../support/cluster.ts";
import { lawsOnCluster } from "../support/cluster-laws.ts";
import { ClusterStack } from "../support/cluster-stack.ts";
import { derivedImage } from "../support/derived-image.ts";
import { Entry } from "../support/entry.ts";
import { missingWires, PROVE, unproven } from "../support/semantik-proofs.ts";

const NAME = "test-semantik";
const HOST = "semantik.test";
const READY = "/api/health/readyz";
const DOCUMENTS = `${NAME}-documents`;
/** Small enough for one node, with little patience for images that do not come. */
const cluster = { ...REAL_NODE, requestShare: 0.02, pullSeconds: 10 };

let stack: ClusterStack;
let folder: string;
let firstUp: string;
const entry = new Entry(ENTRY_ADDRESS, HOST);

/** A volume on the node that somebody else fills. */
async function fillVolume(): Promise<void> {
  folder = await mkdtemp(path.join(tmpdir(), `${DOCUMENTS}-`));
  await chmod(folder, 0o755);
  await writeFile(path.join(folder, "hello.txt"), "hello");
  await stack.core.createPersistentVolume({
    body: {
      metadata: { name: DOCUMENTS },
      spec: {
        capacity: { storage: "1Gi" },
        accessModes: ["ReadOnlyMany"],
        persistentVolumeReclaimPolicy: "Retain",
        storageClassName: "filled",
        hostPath: { path: folder, type: "Directory" },
      },
    },
  });
}

async function removeVolume(): Promise<void> {
  await stack.core.deletePersistentVolume({ name: DOCUMENTS }).catch((error: unknown) => {
    if (!(error instanceof ApiException && error.code === 404)) throw error;
  });
}

beforeAll(async () => {
  stack = await ClusterStack.open(
    NAME,
    { "keelson:platform": "semantik", "keelson:host": HOST },
    { ...cluster, folders: { documents: { volume: DOCUMENTS, storageClass: "filled" } } },
  );
  await removeVolume();
  await fillVolume();
  firstUp = await stack.done("up");
  // An ingress controller takes new routes up a moment later.
  await stack.until("the entry point leads to it", async () => (await entry.ask(READY)).status === 200);
});
afterAll(async () => {
  await stack.close();
  await removeVolume();
  await rm(folder, { recursive: true, force: true });
});

describe("semantik-kubernetes, brought up with real pods", () => {
  lawsOnCluster(() => ({ stack, output: firstUp }), 7);

  it("[K1, K4, K6, K7] answers at the path of its document, and proves every relation by its protocol, its documents and its model", async () => {
    expect((await entry.ask(READY)).status).toBe(200);
    expect(await missingWires(stack)).toEqual([]);
  });

  it("[K1] has the worker take a task from the broker, and prove its own relations in it", async () => {
    expect(unproven(await stack.exec("worker", ["python3", "-c", PROVE]))).toEqual([]);
  });

  it("[K5, G9] takes a new image without a failed request, and keeps its data", async () => {
    expect((await entry.ask("/items", { text: "written before" })).status).toBe(201);
    const [pod] = await stack.running("webui");
    const image = await derivedImage(pod!.spec!.containers[0]!.image!, `${NAME}-webui-next`, {
      LABEL: "keelson.test=next",
    });
    await loadImages([image]);
    await stack.set({ "keelson:images": { webui: image } });
    const statuses = await entry.askDuring(READY, () => stack.done("up"));
    expect(statuses.length).toBeGreaterThan(20);
    expect(statuses.filter((status) => status !== 200)).toEqual([]);
    expect((await entry.ask("/items")).body).toContain("written before");
  });

  it("[G6] leaves nothing behind when data may be deleted too", async () => {
    await stack.done("down", "--delete-data", "--yes");
    expect(await stack.exists()).toBe(false);
  });
});

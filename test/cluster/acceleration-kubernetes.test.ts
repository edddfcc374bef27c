import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ENTRY_ADDRESS, loadImages, REAL_NODE } from "../support/cluster.ts";
import { lawsOnCluster } from "../support/cluster-laws.ts";
import { ClusterStack } from "../support/cluster-stack.ts";
import { derivedImage } from "../support/derived-image.ts";
import { Entry } from "../support/entry.ts";
import { wiresOf } from "../support/laws.ts";

const NAME = "test-acceleration";
const HOST = "acceleration.test";
const PATHS = ["gateway", "orchestrator", "agents", "tools", "rag", "sqltool", "workflow", "observability"];
const entry = new Entry(ENTRY_ADDRESS, HOST);
/** Small enough for one node, with little patience for images that do not come. */
const cluster = { ...REAL_NODE, requestShare: 0.02, pullSeconds: 10 };

let stack: ClusterStack;
let firstUp: string;

beforeAll(async () => {
  stack = await ClusterStack.open(
    NAME,
    { "keelson:platform": "acceleration", "keelson:host": HOST },
    cluster,
  );
  firstUp = await stack.done("up");
  await routed();
});
afterAll(async () => {
  await stack.close();
});

const verified = async () => JSON.parse(await stack.done("verify", "--json", "--at", ENTRY_ADDRESS));
const unchanged = async () => stack.done("preview", "--", "--expect-no-changes");
/** Paths whose answer is not 200. */
const failing = async () => {
  const paths = [...PATHS.map((path) => `/api/${path}/health`), "/"];
  const answers = await Promise.all(
    paths.map(async (path) => ({ path, status: (await entry.ask(path)).status })),
  );
  return answers.filter(({ status }) => status !== 200);
};
/** An ingress controller takes new routes up a moment after they are made. */
const routed = () =>
  stack.until("the entry point leads to every service", async () => (await failing()).length === 0);
/** Unique ids of all pods, by service. */
const podIds = async () =>
  Object.fromEntries(
    Object.entries(await stack.pods()).map(([service, pods]) => [
      service,
      pods.map(({ metadata }) => metadata!.uid!).toSorted(),
    ]),
  );

/** Services of which other pods run than before. */
async function replacedBy(change: () => Promise<unknown>): Promise<string[]> {
  const before = await podIds();
  await change();
  const after = await podIds();
  return Object.keys(after)
    .filter((name) => String(before[name]) !== String(after[name]))
    .toSorted();
}

/** An image on this machine and on the node that is another one with something added. */
async function imageLike(service: string, addition: Parameters<typeof derivedImage>[2]): Promise<string> {
  const [pod] = await stack.running(service);
  const image = await derivedImage(pod!.spec!.containers[0]!.image!, `${NAME}-${service}-next`, addition);
  await loadImages([image]);
  return image;
}

describe("acceleration-kubernetes, brought up with real pods", () => {
  it("[A1, A4] answers 200 for the health of each service, and for the web application", async () => {
    expect(await failing()).toEqual([]);
  });

  it("[A2, A7, D, G15] reaches every dependency by its real protocol with its credentials", async () => {
    const wires = await wiresOf(stack);
    for (const service of ["agents", "gateway", "orchestrator", "rag", "sqltool", "tools"]) {
      expect(wires).toContainEqual(
        expect.stringMatching(new RegExp(`^${service} → database: PostgreSQL, .*TLS`)),
      );
      expect(wires).toContainEqual(expect.stringMatching(new RegExp(`^${service} → redis: Redis, `)));
    }
    expect(wires).toContainEqual(expect.stringMatching(/^rag → chroma: Chroma, vector upserted/));
  });

  lawsOnCluster(() => ({ stack, output: firstUp }), 14);

  it("[A5, A9] runs two copies of each service, each with the sizes of the platform's document as limits", async () => {
    const pods = await stack.pods();
    const limits = (service: string) =>
      pods[service]!.map(({ spec }) => spec!.containers[0]!.resources!.limits);
    expect(limits("gateway")).toEqual([1, 2].map(() => ({ cpu: "1", memory: "2Gi" })));
    expect(limits("rag")).toEqual([1, 2].map(() => ({ cpu: "1", memory: "4Gi" })));
    expect(limits("tools")).toEqual([1, 2].map(() => ({ cpu: "500m", memory: "1Gi" })));
  });

  it("[A3] keeps the Secrets that the platform's document names, with its keys", async () => {
    const keys = async (name: string) => {
      const { data = {} } = await stack.core.readNamespacedSecret({ name, namespace: stack.namespace });
      return Object.keys(data).toSorted();
    };
    expect(await keys("postgres-secret")).toEqual(["database", "host", "password", "username"]);
    expect(await keys("redis-secret")).toEqual(["password", "url"]);
    expect(await keys("api-keys")).toContain("jwt-secret");
  });

  it("[G6, M8] replaces a stateless service without a failed request when its image changes", async () => {
    const text = `written before ${Date.now()}`;
    expect((await entry.ask("/api/rag/items", { text })).status).toBe(201);
    const image = await imageLike("rag", { LABEL: "keelson.test=next" });
    let replaced: string[] = [];
    const statuses = await entry.askDuring("/api/rag/health", async () => {
      replaced = await replacedBy(async () => {
        await stack.set({ "keelson:images": { rag: image } });
        await stack.done("up");
      });
    });
    expect(replaced).toEqual(["rag", "rag-migrations"]);
    expect((await stack.running("rag")).map(({ spec }) => spec!.containers[0]!.image)).toEqual([
      image,
      image,
    ]);
    expect(statuses.length).toBeGreaterThan(20);
    expect(statuses.filter((status) => status !== 200)).toEqual([]);
    expect((await entry.ask("/api/rag/items")).body).toContain(text);
  });

  it("[G3, G6] takes a changed password to the service that uses it, and never re-creates the database", async () => {
    const uid = async () =>
      (await stack.apps.readNamespacedStatefulSet({ name: "postgres", namespace: stack.namespace })).metadata!
        .uid;
    const before = await uid();
    const { deployment } = await stack.state({ clear: false });
    const password = deployment.resources!.find(({ urn }) => urn.endsWith("RandomPassword::postgres-tools"))!;
    await stack.done("pulumi", "--", "state", "unprotect", password.urn, "--yes");
    const replaced = await replacedBy(async () => stack.done("up", "--", "--replace", password.urn));
    expect(replaced).toEqual(["postgres-tools-database", "tools", "tools-migrations"]);
    expect(await uid()).toBe(before);
    expect((await verified()).ok).toBe(true);
    expect(await unchanged()).toMatch(/\d+ unchanged/);
  });

  it("[G6] has its data still when pods are killed", async () => {
    const names = [...(await stack.running("postgres")), ...(await stack.running("rag"))].map(
      ({ metadata }) => metadata!.name!,
    );
    for (const name of names) await stack.core.deleteNamespacedPod({ name, namespace: stack.namespace });
    await stack.until("rag answers with what was written", async () => {
      const { status, body } = await entry.ask("/api/rag/items").catch(() => ({ status: 0, body: "" }));
      return status === 200 && body.includes("written before");
    });
    expect((await verified()).ok).toBe(true);
  });

  it("[A6, G13, K5] stops at a failed migration with its log, leaves the old version serving, and runs it again next time", async () => {
    const script = `#!/usr/local/bin/node\nconsole.error('relation "tools" does not exist'); process.exit(3);\n`;
    const image = await imageLike("tools", { files: { "/usr/local/bin/alembic": script } });
    const before = (await podIds())["tools"];
    await stack.set({ "keelson:images": { tools: image } });
    const jobs: unknown[] = [];
    for (const _ of [1, 2]) {
      const { status, output } = await stack.keelson("up");
      expect(status).not.toBe(0);
      expect(output).toContain('relation "tools" does not exist');
      expect(output).toMatch(/exit code 3/i);
      const name = "tools-migrations";
      const job = await stack.batch.readNamespacedJob({ name, namespace: stack.namespace });
      jobs.push(job.metadata!.uid);
    }
    expect(new Set(jobs).size, "jobs that were run").toBe(2);
    expect((await podIds())["tools"]).toEqual(before);
    expect((await entry.ask("/api/tools/health")).status).toBe(200);
    await stack.set({ "keelson:images": {} });
    await stack.done("up");
  });

  it("[G4, O5] ends within the startup budget when an image is not there, and says so", async () => {
    await stack.set({ "keelson:images": { web: "example.invalid/no-such-web:1" } });
    const started = Date.now();
    const { status, output } = await stack.keelson("up");
    const seconds = (Date.now() - started) / 1000;
    expect(status).not.toBe(0);
    expect(output).toMatch(/(ErrImagePull|ImagePullBackOff)/);
    expect(output).toContain("example.invalid/no-such-web:1");
    // Two rounds of 60 s to start and 10 s to fetch the image, and what an update without changes takes on a busy machine. Pulumi's
    // own patience would be ten minutes.
    expect(seconds).toBeLessThan(300);
    expect((await entry.ask("/")).status).toBe(200);
    await stack.set({ "keelson:images": {} });
    await stack.done("up");
    expect(await unchanged()).toMatch(/\d+ unchanged/);
  }, 600_000);

  it("[G6] keeps data and passwords when it is taken down, says so, and finds both again", async () => {
    const output = await stack.done("down");
    expect(await stack.pods()).toEqual({});
    const { items } = await stack.core.listNamespacedPersistentVolumeClaim({ namespace: stack.namespace });
    const claims = items.map(({ metadata }) => metadata!.name!).toSorted();
    expect(claims).toEqual(["data-chroma-0", "data-postgres-0", "data-redis-0"]);
    for (const claim of claims) expect(output).toContain(claim);
    expect(output).toContain("--delete-data");
    await stack.done("up");
    await routed();
    expect((await entry.ask("/api/rag/items")).body).toContain("written before");
  });

  it("[G6] leaves nothing behind when data may be deleted too", async () => {
    await stack.done("down", "--delete-data", "--yes");
    expect(await stack.exists()).toBe(false);
    const { items } = await stack.core.listPersistentVolume();
    expect(items.filter(({ spec }) => spec?.claimRef?.namespace === stack.namespace)).toEqual([]);
  });
});

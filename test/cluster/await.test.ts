import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { embeddedReference } from "../../embedded/images/recipes.ts";
import { isNotFound } from "../../embedded/plugins/kubernetes/api/errors.ts";
import {
  referenceTo,
  type KubernetesObject,
  type Reference,
} from "../../embedded/plugins/kubernetes/api/object.ts";
import { awaitDeleted, awaitReady, checkReady } from "../../embedded/plugins/kubernetes/await/index.ts";
import { NotReadyError, type AwaitContext } from "../../embedded/plugins/kubernetes/readiness.ts";
import { loadImages } from "../support/cluster.ts";
import { clusterClient, removeNamespace } from "../support/kubernetes-objects.ts";

const client = clusterClient();
const namespace = "await";
const other = `${namespace}-other`;
const image = embeddedReference("busybox");

beforeAll(async () => {
  await loadImages([image]);
  await clean();
  await make("v1", "Namespace", namespace, {});
});
afterAll(clean);

/** Removes what is left of a run, also of one that was interrupted. */
async function clean(): Promise<void> {
  for (const left of [namespace, other]) {
    await release({ apiVersion: "v1", kind: "ConfigMap", name: "kept", namespace: left });
    await removeNamespace(client, left);
  }
}

/** Takes the finalizers from an object, if it is there. */
async function release(reference: Reference): Promise<void> {
  const body = { metadata: { finalizers: null } };
  await client.patch(reference, { type: "merge", body }).catch((error: unknown) => {
    if (!isNotFound(error)) throw error;
  });
}

type Part = Readonly<Record<string, unknown>>;

/** Makes an object, in the tests' namespace unless it says otherwise. */
async function make(apiVersion: string, kind: string, name: string, rest: Part): Promise<KubernetesObject> {
  const { metadata = {}, ...fields } = rest as { metadata?: Part };
  const place = kind === "Namespace" ? {} : { namespace };
  return client.create({
    apiVersion,
    kind,
    metadata: { name, ...place, ...metadata },
    ...fields,
  });
}

function awaiting(live: KubernetesObject, timeoutSeconds: number, lines: string[] = []): AwaitContext {
  const signal = new AbortController().signal;
  return {
    client,
    live,
    inputs: live,
    timeoutSeconds,
    signal,
    status: (line) => lines.push(line),
    log: () => {},
  };
}

/** The error of an object that does not become ready. */
async function refusalOf(live: KubernetesObject, timeoutSeconds: number): Promise<NotReadyError> {
  const error: unknown = await awaitReady(awaiting(live, timeoutSeconds)).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(NotReadyError);
  return error as NotReadyError;
}

/** A container with a shell's script as its program. */
function container(script: string, more: Part = {}): Part {
  return { name: "main", image, imagePullPolicy: "Never", command: ["sh", "-c", script], ...more };
}

/** A program that ends at once is ready for a moment if nothing asks whether it is. */
const never = { exec: { command: ["false"] } };

/** A program that serves for ever, and stops when it is told to. */
const lasting = "trap 'exit 0' TERM; while :; do sleep 0.1; done";

function workload(name: string, containers: readonly Part[], { spec = {}, pod = {} } = {}): Part {
  const labels = { app: name };
  return {
    spec: {
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { terminationGracePeriodSeconds: 1, containers, ...pod } },
      ...spec,
    },
  };
}

const deployment = (
  name: string,
  ...rest: Parameters<typeof workload> extends [string, ...infer Rest] ? Rest : never
) => make("apps/v1", "Deployment", name, workload(name, ...rest));

const job = (name: string, script: string, spec: Part = {}) =>
  make("batch/v1", "Job", name, {
    spec: {
      backoffLimit: 0,
      template: { spec: { restartPolicy: "Never", containers: [container(script)] } },
      ...spec,
    },
  });

/** Removes an object as the plugin does, and waits until it is gone. */
async function remove(live: KubernetesObject, timeoutSeconds = 60): Promise<void> {
  const reference = referenceTo(live);
  await client.delete(reference, "Foreground");
  await awaitDeleted({ ...awaiting(live, timeoutSeconds), reference });
}

describe("what becomes ready", () => {
  test("a deployment is waited for until all its copies are, and again when it changes", async () => {
    const lines: string[] = [];
    const containers = [
      container(lasting, {
        readinessProbe: { exec: { command: ["true"] }, initialDelaySeconds: 2, periodSeconds: 1 },
      }),
    ];
    const made = await deployment("rolling", containers, { spec: { replicas: 2 } });
    const first = await awaitReady(awaiting(made, 60, lines));
    expect(first.status).toMatchObject({ readyReplicas: 2, availableReplicas: 2 });
    expect(lines).toContain("Waiting for app ReplicaSet to be available (0/2 Pods available)");

    const body = { spec: { template: { metadata: { annotations: { change: "1" } } } } };
    const changed = await client.patch(referenceTo(made), { type: "strategic", body });
    const second = await awaitReady(awaiting(changed, 60));
    expect(second.status).toMatchObject({
      observedGeneration: 2,
      updatedReplicas: 2,
      availableReplicas: 2,
      replicas: 2,
    });
    await remove(second);
  });

  test("a StatefulSet with a volume each is waited for, and its claims outlive it", async () => {
    const claim = {
      metadata: { name: "data" },
      spec: {
        accessModes: ["ReadWriteOnce"],
        storageClassName: "local-path",
        resources: { requests: { storage: "16Mi" } },
      },
    };
    const spec = {
      replicas: 2,
      serviceName: "store",
      podManagementPolicy: "Parallel",
      volumeClaimTemplates: [claim],
    };
    const containers = [container(lasting, { volumeMounts: [{ name: "data", mountPath: "/data" }] })];
    const made = await make("apps/v1", "StatefulSet", "store", workload("store", containers, { spec }));
    const ready = await awaitReady(awaiting(made, 90));
    expect(ready.status).toMatchObject({ readyReplicas: 2 });

    await remove(ready);
    const pods = await client.list(
      { apiVersion: "v1", kind: "Pod" },
      { namespace, labelSelector: "app=store" },
    );
    expect(pods.items).toEqual([]);
    const claims = await client.list({ apiVersion: "v1", kind: "PersistentVolumeClaim" }, { namespace });
    expect(claims.items.map(({ metadata }) => metadata.name)).toEqual(["data-store-0", "data-store-1"]);
  });

  test("a claim whose volume waits for its first consumer is not waited for", async () => {
    const spec = {
      accessModes: ["ReadWriteOnce"],
      storageClassName: "local-path",
      resources: { requests: { storage: "16Mi" } },
    };
    const ready = await awaitReady(
      awaiting(await make("v1", "PersistentVolumeClaim", "later", { spec }), 10),
    );
    expect(ready.status).toMatchObject({ phase: "Pending" });
  });

  test("a job is waited for until it is complete", async () => {
    const ready = await awaitReady(awaiting(await job("quick", "echo done"), 60));
    expect(ready.status).toMatchObject({ succeeded: 1 });
  });

  test("a Service with endpoints is ready after ten seconds, a headless one at once", async () => {
    const ports = [{ port: 80 }];
    const since = performance.now();
    await awaitReady(
      awaiting(
        await make("v1", "Service", "headless", {
          spec: { clusterIP: "None", selector: { app: "x" }, ports },
        }),
        30,
      ),
    );
    expect(performance.now() - since).toBeLessThan(2000);
    await awaitReady(
      awaiting(await make("v1", "Service", "virtual", { spec: { selector: { app: "x" }, ports } }), 30),
    );
    expect(performance.now() - since).toBeGreaterThan(9900);
  });

  test("two hundred deployments on simulated nodes are waited for at once", async () => {
    const pod = {
      nodeSelector: { "kwok.x-k8s.io/node": "simulated" },
      tolerations: [{ key: "kwok.x-k8s.io/node", operator: "Exists" }],
    };
    const names = Array.from({ length: 200 }, (_, index) => `many-${index}`);
    const containers = [{ name: "main", image: "example.com/none:1" }];
    const ready = await Promise.all(
      names.map(async (name) => awaitReady(awaiting(await deployment(name, containers, { pod }), 240))),
    );
    expect(ready.every(({ status }) => (status as Part)["availableReplicas"] === 1)).toBe(true);
    await Promise.all(ready.map((each) => remove(each, 240)));
  });
});

describe("what doesn't become ready, and why", () => {
  test("a job that fails: its pod's exit code, its last lines and the reason, long before the time is up", async () => {
    const since = performance.now();
    const error = await refusalOf(await job("broken", "echo 'no such table: users' >&2; exit 3"), 240);
    expect(performance.now() - since).toBeLessThan(60_000);
    expect(error.message).toBe("Resource 'broken' was created but failed to initialize");
    expect(error.reasons).toEqual([
      expect.stringMatching(/^\[Pod await\/broken-\w+\]: container "main" completed with exit code 3$/),
      "[BackoffLimitExceeded] Job has reached the specified backoff limit",
      expect.stringMatching(
        /^last log lines of container "main" in Pod await\/broken-\w+:\n    no such table: users$/,
      ),
    ]);
  });

  test("a job that takes too long", async () => {
    const error = await refusalOf(await job("endless", lasting, { activeDeadlineSeconds: 1 }), 240);
    expect(error.reasons).toContain("[DeadlineExceeded] Job was active longer than specified deadline");
  });

  test.concurrent.each([
    [
      "an image that isn't there",
      { containers: [{ name: "main", image: "example.com/absent:1", imagePullPolicy: "Never" }] },
      /\[ErrImageNeverPull\] Container image "example.com\/absent:1" is not present with pull policy of Never/,
    ],
    [
      "an image that can't be pulled",
      { containers: [{ name: "main", image: "registry.invalid/absent:1" }] },
      /\[(ErrImagePull|ImagePullBackOff)\] .*registry\.invalid\/absent:1/,
    ],
    [
      "a pod that fits no node",
      { containers: [container(lasting, { resources: { requests: { cpu: "64" } } })] },
      /\[Unschedulable\] 0\/\d+ nodes are available: .*Insufficient cpu/,
    ],
    [
      "a secret that isn't there",
      { containers: [container(lasting, { envFrom: [{ secretRef: { name: "absent" } }] })] },
      /\[CreateContainerConfigError\] secret "absent" not found/,
    ],
    [
      "a volume that can't be mounted",
      {
        containers: [container(lasting, { volumeMounts: [{ name: "files", mountPath: "/files" }] })],
        volumes: [{ name: "files", secret: { secretName: "absent" } }],
      },
      /^\[Pod await\/.*\]: FailedMount: .*secret "absent" not found/,
    ],
    [
      "a probe that fails",
      {
        containers: [
          container(lasting, { readinessProbe: { exec: { command: ["cat", "/absent"] }, periodSeconds: 1 } }),
        ],
      },
      /^\[Pod await\/.*\]: Unhealthy: Readiness probe failed: cat: can't open '\/absent'/,
    ],
    [
      "a program that ends again and again",
      { containers: [container("echo 'port in use'; exit 7", { readinessProbe: never })] },
      /^last log lines of container "main" in Pod await\/.*:\n    port in use$/,
    ],
    [
      "a program that ends again and again",
      { containers: [container("exit 7", { readinessProbe: never })] },
      /\[CrashLoopBackOff\].* exit code 7\)/,
    ],
  ])("a deployment with %s", async (_, pod, words) => {
    const live = await deployment(`stuck-${words.source.length}`, [], { pod });
    const error = await refusalOf(live, 8);
    expect(error.message).toBe(`'${live.metadata.name}' timed out waiting to be Ready`);
    expect(error.reasons).toContainEqual(expect.stringMatching(words));
    await expect(checkReady(awaiting(error.live, 8))).rejects.toMatchObject({
      reasons: expect.arrayContaining([expect.stringMatching(words)]),
    });
    await remove(error.live);
  });

  test("a deployment whose pods quota refuses", async () => {
    const quota = await make("v1", "ResourceQuota", "none", {
      spec: { hard: { "count/deployments.apps": "100", "requests.cpu": "1m" } },
    });
    await awaitReady(awaiting(quota, 30));
    const live = await deployment("refused", [
      container(lasting, { resources: { requests: { cpu: "10m" } } }),
    ]);
    const error = await refusalOf(live, 4);
    await client.delete(referenceTo(quota), "Background");
    expect(error.reasons).toContainEqual(
      expect.stringMatching(/forbidden: exceeded quota: none, requested: requests.cpu=10m/),
    );
    await remove(live);
  });

  test("a user who cancels doesn't wait any longer", async () => {
    const canceling = new AbortController();
    const live = await deployment("canceled", [
      { name: "main", image: "example.com/absent:1", imagePullPolicy: "Never" },
    ]);
    const wait = awaitReady({ ...awaiting(live, 240), signal: canceling.signal }).catch(
      (thrown: unknown) => thrown,
    );
    setTimeout(() => canceling.abort(), 1000);
    const since = performance.now();
    expect(await wait).toMatchObject({
      message: 'Resource operation was cancelled for "canceled"',
      live: { kind: "Deployment" },
    });
    expect(performance.now() - since).toBeLessThan(1500);
    await remove(live);
  });
});

describe("what is deleted", () => {
  test("is waited for until its finalizers are done, which the error names", async () => {
    const live = await make("v1", "ConfigMap", "kept", { metadata: { finalizers: ["example.org/backup"] } });
    await expect(remove(live, 1)).rejects.toMatchObject({
      message: "timed out waiting for the condition",
      reasons: [
        expect.stringMatching(/^finalizers might be preventing deletion \(.*example\.org\/backup.*\)$/),
      ],
    });
    const gone = awaitDeleted({ ...awaiting(live, 30), reference: referenceTo(live) });
    await release(referenceTo(live));
    await gone;
  });

  test("is a namespace with all that is in it", async () => {
    const live = await make("v1", "Namespace", other, {});
    const kept = { namespace: other, finalizers: ["example.org/backup"] };
    const inside = await make("v1", "ConfigMap", "kept", { metadata: kept });
    await expect(remove(live, 20)).rejects.toMatchObject({
      reasons: expect.arrayContaining([
        expect.stringMatching(/^\[SomeResourcesRemain\] .*configmaps/),
        expect.stringMatching(/^\[SomeFinalizersRemain\] .*example\.org\/backup/),
      ]),
    });
    await release(referenceTo(inside));
    await remove(live);
    await expect(client.get(referenceTo(live))).rejects.toMatchObject({ status: { code: 404 } });
  });
});

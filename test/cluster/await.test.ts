import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { referenceTo } from "../../embedded/plugins/kubernetes/api/object.ts";
import { awaitDeleted, awaitReady } from "../../embedded/plugins/kubernetes/await/index.ts";
import {
  awaiting,
  client,
  container,
  lasting,
  Place,
  type Part,
  release,
  remove,
  workload,
} from "./await-place.ts";

const place = new Place("await");
const other = new Place("await-other");

beforeAll(async () => {
  await other.close();
  await place.open();
});
afterAll(async () => {
  await other.close();
  await place.close();
});

describe("what becomes ready", () => {
  test("a deployment is waited for until all its copies are, and again when it changes", async () => {
    const lines: string[] = [];
    const containers = [
      container(lasting, {
        readinessProbe: { exec: { command: ["true"] }, initialDelaySeconds: 2, periodSeconds: 1 },
      }),
    ];
    const made = await place.deployment("rolling", containers, { spec: { replicas: 2 } });
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
    const made = await place.make("apps/v1", "StatefulSet", "store", workload("store", containers, { spec }));
    const ready = await awaitReady(awaiting(made, 90));
    expect(ready.status).toMatchObject({ readyReplicas: 2 });

    await remove(ready);
    const pods = await client.list(
      { apiVersion: "v1", kind: "Pod" },
      { namespace: place.namespace, labelSelector: "app=store" },
    );
    expect(pods.items).toEqual([]);
    const claims = await client.list(
      { apiVersion: "v1", kind: "PersistentVolumeClaim" },
      { namespace: place.namespace },
    );
    expect(claims.items.map(({ metadata }) => metadata.name)).toEqual(["data-store-0", "data-store-1"]);
  });

  test("a claim whose volume waits for its first consumer is not waited for", async () => {
    const spec = {
      accessModes: ["ReadWriteOnce"],
      storageClassName: "local-path",
      resources: { requests: { storage: "16Mi" } },
    };
    const ready = await awaitReady(
      awaiting(await place.make("v1", "PersistentVolumeClaim", "later", { spec }), 10),
    );
    expect(ready.status).toMatchObject({ phase: "Pending" });
  });

  test("a job is waited for until it is complete", async () => {
    const ready = await awaitReady(awaiting(await place.job("quick", "echo done"), 60));
    expect(ready.status).toMatchObject({ succeeded: 1 });
  });

  test("a Service with endpoints is ready after ten seconds, a headless one at once", async () => {
    const ports = [{ port: 80 }];
    const since = performance.now();
    await awaitReady(
      awaiting(
        await place.make("v1", "Service", "headless", {
          spec: { clusterIP: "None", selector: { app: "x" }, ports },
        }),
        30,
      ),
    );
    expect(performance.now() - since).toBeLessThan(2000);
    await awaitReady(
      awaiting(await place.make("v1", "Service", "virtual", { spec: { selector: { app: "x" }, ports } }), 30),
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
      names.map(async (name) => awaitReady(awaiting(await place.deployment(name, containers, { pod }), 240))),
    );
    expect(ready.every(({ status }) => (status as Part)["availableReplicas"] === 1)).toBe(true);
    await Promise.all(ready.map((each) => remove(each, 240)));
  });
});

describe("what is deleted", () => {
  test("is waited for until its finalizers are done, which the error names", async () => {
    const live = await place.make("v1", "ConfigMap", "kept", {
      metadata: { finalizers: ["example.org/backup"] },
    });
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
    const live = await client.create({
      apiVersion: "v1",
      kind: "Namespace",
      metadata: { name: other.namespace },
    });
    const metadata = { finalizers: ["example.org/backup"] };
    const inside = await other.make("v1", "ConfigMap", "kept", { metadata });
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

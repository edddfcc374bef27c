import { expect, test } from "vitest";
import type { OnCluster } from "../../../../cli/targets/kubernetes/objects.ts";
import { runningOn } from "../../../../cli/targets/kubernetes/running.ts";
import { fakeCluster } from "./fake-client.ts";

const stack: OnCluster = { objects: [], ownNamespaces: ["box"], namespaces: ["box"], instances: ["box"] };
const shared: OnCluster = { ...stack, ownNamespaces: [] };

const labels = { "app.kubernetes.io/name": "web", "app.kubernetes.io/instance": "box" };
const ready = { phase: "Running", conditions: [{ type: "Ready", status: "True" }] };

function pod(name: string, change: { metadata?: object; status?: object } = {}) {
  return {
    kind: "Pod",
    metadata: { name, namespace: "box", labels, ...change.metadata },
    spec: { containers: [{ name: "web" }] },
    status: change.status ?? ready,
  };
}

const ownedBy = (kind: string, uid: string) => ({
  ownerReferences: [{ kind, uid, name: "owner", apiVersion: "v1" }],
});
const job = (name: string, type: string, metadata = {}) => ({
  kind: "Job",
  metadata: { name, namespace: "box", uid: name, ...metadata },
  status: { conditions: [{ type, status: "True" }] },
});
const deployment = (status = {}) => ({
  kind: "Deployment",
  metadata: { name: "web", namespace: "box", uid: "web" },
  spec: { replicas: 2, selector: { matchLabels: { "app.kubernetes.io/name": "web" } } },
  status,
});
const names = async (objects: readonly object[], of = stack) =>
  (await runningOn(fakeCluster(objects).client, of)).map(({ kind, name, ok }) => [kind, name, ok]);

test("[G15] pods and jobs of a stack are told; a pod that leaves, and those of jobs, are not", async () => {
  const objects = [
    pod("web-1"),
    pod("web-0", { metadata: { deletionTimestamp: "2026-01-01T00:00:00Z" } }),
    pod("evicted", { metadata: ownedBy("ReplicaSet", "r"), status: { phase: "Failed", reason: "Evicted" } }),
    pod("migrate-x", { metadata: ownedBy("Job", "migrate"), status: { phase: "Succeeded" } }),
    job("migrate", "Complete"),
  ];
  expect(await names(objects)).toEqual([
    ["job", "migrate", true],
    ["pod", "web-1", true],
  ]);
});

test("of a schedule, the last run alone counts", async () => {
  const run = (name: string, type: string, creationTimestamp: string) =>
    job(name, type, { ...ownedBy("CronJob", "nightly"), creationTimestamp });
  const runs = [
    run("night-2", "Complete", "2026-01-02T00:00:00Z"),
    run("night-1", "Failed", "2026-01-01T00:00:00Z"),
  ];
  expect(await names(runs)).toEqual([["job", "night-2", true]]);
});

test("in a namespace that others use too, what is the stack's is told by its label", async () => {
  const other = pod("other", { metadata: { labels: { "app.kubernetes.io/instance": "crate" } } });
  expect(await names([pod("web-1"), other], shared)).toEqual([["pod", "web-1", true]]);
  expect(await names([pod("web-1"), other])).toHaveLength(2);
});

test("a workload whose pods are refused is told, with Kubernetes' own reason", async () => {
  const refused = { type: "ReplicaFailure", status: "True", message: "exceeded quota: pods=1" };
  const cluster = fakeCluster([deployment({ conditions: [refused] }), pod("web-1")]);
  expect((await runningOn(cluster.client, stack)).find(({ kind }) => kind === "workload")).toMatchObject({
    name: "web",
    ok: false,
    settling: false,
    detail: "lacks 1 of 2 pods: exceeded quota: pods=1",
    logCommand: "kubectl describe --namespace box deployment/web",
  });
});

test("a workload that has all its pods says no more than they do", async () => {
  expect(await names([deployment(), pod("web-1"), pod("web-2")])).toEqual([
    ["pod", "web-1", true],
    ["pod", "web-2", true],
  ]);
});

test("[K5] the log of a pod that was started anew is that of the run before; that of a job is of its last attempt", async () => {
  const crashed = {
    phase: "Running",
    containerStatuses: [{ restartCount: 3, state: { waiting: { reason: "CrashLoopBackOff" } } }],
  };
  const attempt = (name: string, creationTimestamp: string) =>
    pod(name, { metadata: { ...ownedBy("Job", "migrate"), creationTimestamp }, status: { phase: "Failed" } });
  const objects = [
    pod("web-1", { status: crashed }),
    job("migrate", "Failed"),
    attempt("migrate-b", "2026-01-02T00:00:00Z"),
    attempt("migrate-a", "2026-01-01T00:00:00Z"),
  ];
  const cluster = fakeCluster(objects, "no such table\n");
  const [migrate, web] = await runningOn(cluster.client, stack);
  expect(await web!.endOfLog(20)).toBe("no such table");
  expect(await migrate!.endOfLog(20)).toBe("no such table");
  expect(cluster.logs).toEqual([
    { name: "web-1", namespace: "box", tailLines: 20, previous: true, container: "web" },
    { name: "migrate-b", namespace: "box", tailLines: 20, previous: false, container: "web" },
  ]);
});

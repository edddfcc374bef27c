import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { awaitReady, checkReady } from "../../../../../embedded/plugins/kubernetes/await/index.ts";
import { awaiting, refusalOf, until } from "./awaiting.ts";
import { FakeApiServer } from "./fake-api-server.ts";
import { condition, deployment, object, pod, replicaSet, rolledOut, running } from "./objects.ts";

let server: FakeApiServer;
beforeEach(async () => {
  server = await FakeApiServer.start();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await server.stop();
});

const job = (conditions: object[] = []) =>
  object("batch/v1", "Job", {
    metadata: { name: "migrate" },
    status: { startTime: "2026-11-21T08:01:49Z", conditions },
  });
const named = (name: string, status: object = {}) =>
  deployment(status as {}, { name, uid: `uid-of-${name}` });

test("readiness is noticed within a tenth of a second, and the object answered as it then is", async () => {
  const context = awaiting(server, server.put(deployment()));
  const wait = awaitReady(context);
  await until(() => server.openWatches.includes("deployments"));
  const since = performance.now();
  const { metadata } = server.put(deployment(rolledOut));
  expect((await wait).metadata.resourceVersion).toBe(metadata.resourceVersion);
  expect(performance.now() - since).toBeLessThan(100);
  expect(context.lines).toEqual(["Waiting for app ReplicaSet to be available (0/2 Pods available)", ""]);
});

test("what is ready already costs no request", async () => {
  await awaitReady(awaiting(server, deployment(rolledOut)));
  await awaitReady(awaiting(server, object("v1", "ConfigMap")));
  await awaitReady(awaiting(server, object("v1", "Service", { spec: { clusterIP: "None" } })));
  expect(server.requests).toEqual([]);
});

test("once nobody waits any more all watches are closed", async () => {
  const wait = awaitReady(awaiting(server, server.put(deployment())));
  await until(() => server.openWatches.length === 4);
  server.put(deployment(rolledOut));
  await wait;
  await expect.poll(() => server.openWatches).toEqual([]);
});

test("three hundred deployments are waited for over four watches", async () => {
  const client = server.client();
  const names = Array.from({ length: 300 }, (_, index) => `service-${index}`);
  const waits = names.map((name) => awaitReady(awaiting(server, server.put(named(name)), { client })));
  await until(() => server.openWatches.length === 4);
  expect(server.openWatches).toEqual(["deployments", "events", "pods", "replicasets"]);
  for (const name of names) server.put(named(name, rolledOut));
  const ready = await Promise.all(waits);
  expect(ready.map(({ metadata }) => metadata.name)).toEqual(names);
  expect(server.requests.filter((request) => request.startsWith("WATCH"))).toHaveLength(4);
});

test("who waits for an object that a shared watch has not seen yet doesn't take it for deleted", async () => {
  const client = server.client();
  const first = awaitReady(awaiting(server, server.put(named("first")), { client }));
  await until(() => server.openWatches.length === 4);
  const created = { ...named("second"), metadata: { ...named("second").metadata, resourceVersion: "101" } };
  const second = awaitReady(awaiting(server, created, { client }));
  await new Promise((resolve) => setTimeout(resolve, 50));
  for (const name of ["first", "second"]) server.put(named(name, rolledOut));
  expect(await Promise.all([first, second])).toHaveLength(2);
});

test("an older version of the object, from a watch that is behind, counts for nothing", async () => {
  const client = server.client();
  const old = server.put(deployment(rolledOut));
  const other = awaitReady(awaiting(server, server.put(named("other")), { client }));
  await until(() => server.openWatches.length === 4);
  const written = {
    ...deployment({}, { generation: 2 }),
    metadata: { ...old.metadata, generation: 2, resourceVersion: "900" },
  };
  const error = await refusalOf(awaitReady(awaiting(server, written, { client, timeoutSeconds: 0.2 })));
  expect(error.live.metadata.generation).toBe(2);
  server.put(named("other", rolledOut));
  await other;
});

test.each([
  ["cuts its connections", (): void => server.cut()],
  ["no longer has all changes", (): void => server.forget()],
])("readiness is not missed where the server %s", async (_, disturb) => {
  const wait = awaitReady(awaiting(server, server.put(deployment())));
  await until(() => server.openWatches.length === 4);
  disturb();
  server.put(deployment(rolledOut));
  expect((await wait).status).toMatchObject({ availableReplicas: 2 });
});

test("a server that is away for a while is waited for, and the user told", async () => {
  const context = awaiting(server, server.put(deployment()));
  const wait = awaitReady(context);
  await until(() => server.openWatches.length === 4);
  server.isDown = true;
  await until(() => context.lines.some((line) => line.includes("does not answer")));
  server.isDown = false;
  server.put(deployment(rolledOut));
  expect((await wait).status).toMatchObject({ availableReplicas: 2 });
});

test("a job that fails ends the wait at once, with its pod's exit code and last lines, and the reason", async () => {
  const live = server.put(job());
  const context = awaiting(server, live);
  const wait = refusalOf(awaitReady(context));
  await until(() => server.openWatches.includes("jobs"));
  server.put(
    pod(live, "migrate-x7k2p", {
      ...running({ terminated: { exitCode: 3, reason: "Error" } }, {}, "migrate"),
      phase: "Failed",
    }),
  );
  server.log(
    "migrate-x7k2p",
    "migrate",
    Array.from({ length: 30 }, (_, index) => `line ${index + 1}`).join("\n"),
  );
  const failed = [
    condition("Failed", "True", "BackoffLimitExceeded", "Job has reached the specified backoff limit"),
  ];
  server.put(job(failed));
  const error = await wait;
  expect(error.message).toBe("Resource 'migrate' was created but failed to initialize");
  expect(error.reasons).toEqual([
    '[Pod shop/migrate-x7k2p]: containers with unready status: [migrate] container "migrate" completed with exit code 3',
    "[BackoffLimitExceeded] Job has reached the specified backoff limit",
    `last log lines of container "migrate" in Pod shop/migrate-x7k2p:\n${Array.from({ length: 10 }, (_, index) => `    line ${index + 21}`).join("\n")}`,
  ]);
  expect(error.live.status).toMatchObject({ conditions: failed });
});

test("when the time is up the error says so, with the reason of each container", async () => {
  const live = server.put(deployment());
  const replicas = server.put(replicaSet(live));
  const waits = { reason: "CrashLoopBackOff", message: "back-off 10s restarting failed container" };
  const before = { terminated: { exitCode: 1, reason: "Error", finishedAt: "2026-11-21T08:01:52Z" } };
  server.put(pod(replicas, "web-a", running({ waiting: waits }, { lastState: before })));
  server.log("web-a", "web", "", "current");
  server.log("web-a", "web", "no such table: users", "previous");
  const since = performance.now();
  const error = await refusalOf(awaitReady(awaiting(server, live, { timeoutSeconds: 0.5 })));
  expect(performance.now() - since).toBeLessThan(1500);
  expect(error.message).toBe("'web' timed out waiting to be Ready");
  expect(error.reasons).toEqual([
    '[Pod shop/web-a]: containers with unready status: [web] [CrashLoopBackOff] back-off 10s restarting failed container container "web" terminated at 2026-11-21T08:01:52Z (Error: exit code 1)',
    "[MinimumReplicasUnavailable] Deployment does not have minimum availability.",
    "Minimum number of live Pods was not attained",
    'last log lines of container "web" in Pod shop/web-a:\n    no such table: users',
  ]);
});

test("a cancelled wait ends at once and answers the object as it was seen last", async () => {
  const canceling = new AbortController();
  const wait = refusalOf(
    awaitReady(awaiting(server, server.put(deployment()), { signal: canceling.signal })),
  );
  await until(() => server.openWatches.length === 4);
  const { metadata } = server.put(deployment({ readyReplicas: 1 }));
  await new Promise((resolve) => setTimeout(resolve, 50));
  const since = performance.now();
  canceling.abort();
  const error = await wait;
  expect(performance.now() - since).toBeLessThan(100);
  expect(error.message).toBe('Resource operation was cancelled for "web"');
  expect(error.live.metadata.resourceVersion).toBe(metadata.resourceVersion);
});

test("an object that somebody deletes meanwhile, or replaces, is not waited for any longer", async () => {
  const live = server.put(deployment());
  const wait = refusalOf(awaitReady(awaiting(server, live)));
  await until(() => server.openWatches.length === 4);
  server.remove(live);
  server.put(deployment({}, { uid: "another" }));
  expect((await wait).reasons).toEqual([
    "Deployment web was deleted, or replaced by another of its name, while it was waited for",
  ]);
});

test("without the right to look at pods it is waited all the same, and the error says what is missing", async () => {
  server.forbid("pods");
  const error = await refusalOf(
    awaitReady(awaiting(server, server.put(deployment()), { timeoutSeconds: 0.3 })),
  );
  expect(error.reasons.at(-1)).toBe(
    'the pods can\'t be looked at: pods is forbidden: User "tester" cannot list resource',
  );
});

test("without the right to look at the object's kind the wait ends with the server's refusal", async () => {
  server.forbid("deployments");
  const error = await refusalOf(awaitReady(awaiting(server, server.put(deployment()))));
  expect(error.message).toBe('deployments is forbidden: User "tester" cannot list resource');
});

test("a Service is looked at again when its endpoints have had their time, though nothing changed", async () => {
  const spec = { clusterIP: "10.96.0.7", selector: { app: "web" } };
  const wait = awaitReady(awaiting(server, server.put(object("v1", "Service", { spec }))));
  await until(() => server.openWatches.includes("endpointslices"));
  const clock = performance.now.bind(performance);
  vi.spyOn(performance, "now").mockImplementation(() => clock() + 9900);
  const labels = { "kubernetes.io/service-name": "web" };
  server.put(object("discovery.k8s.io/v1", "EndpointSlice", { metadata: { labels }, endpoints: [] }));
  const since = clock();
  await wait;
  expect(clock() - since).toBeLessThan(1000);
});

test("of secrets only the one that is waited for is asked for", async () => {
  const live = server.put(
    object("v1", "Secret", { metadata: { name: "token" }, type: "kubernetes.io/service-account-token" }),
  );
  const error = await refusalOf(awaitReady(awaiting(server, live, { timeoutSeconds: 0.2 })));
  expect(error.message).toBe("Timeout occurred polling for 'token'");
  expect(server.selectors).toContain("metadata.name=token");
});

test("a refresh looks once: what isn't ready now is told", async () => {
  const live = server.put(deployment());
  const replicas = server.put(replicaSet(live));
  server.put(pod(replicas, "web-a", running({ waiting: { reason: "ErrImagePull", message: "not found" } })));
  const error = await refusalOf(checkReady(awaiting(server, live)));
  expect(error.message).toBe("Resource 'web' was created but failed to initialize");
  expect(error.reasons[0]).toContain("[ErrImagePull] not found");
  expect(await checkReady(awaiting(server, deployment(rolledOut)))).toMatchObject({ kind: "Deployment" });
});

test("a refresh doesn't look at the readiness of kinds for which the official plugin doesn't", async () => {
  const claim = object("v1", "PersistentVolumeClaim", { status: { phase: "Pending" } });
  expect(await checkReady(awaiting(server, claim))).toBe(claim);
});

test("a kind's own limit holds where the program's is longer", async () => {
  const live = server.put(object("v1", "Secret", { type: "kubernetes.io/service-account-token" }));
  const wait = refusalOf(awaitReady(awaiting(server, live, { timeoutSeconds: 600 })));
  await until(() => server.openWatches.includes("secrets"));
  const clock = performance.now.bind(performance);
  vi.spyOn(performance, "now").mockImplementation(() => clock() + 5000);
  server.put(object("v1", "Secret", { type: "kubernetes.io/service-account-token" }));
  expect((await wait).message).toBe("Timeout occurred polling for 'web'");
});

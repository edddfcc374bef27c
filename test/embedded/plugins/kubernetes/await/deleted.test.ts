import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { referenceTo, type KubernetesObject } from "../../../../../embedded/plugins/kubernetes/api/object.ts";
import { awaitDeleted } from "../../../../../embedded/plugins/kubernetes/await/index.ts";
import { remains } from "../../../../../embedded/plugins/kubernetes/await/explain/remains.ts";
import type { AwaitContext } from "../../../../../embedded/plugins/kubernetes/readiness.ts";
import { awaiting, refusalOf, until } from "./awaiting.ts";
import { FakeApiServer } from "./fake-api-server.ts";
import { condition, deployment, object } from "./objects.ts";

let server: FakeApiServer;
beforeEach(async () => {
  server = await FakeApiServer.start();
});
afterEach(() => server.stop());

const deleting = (live: KubernetesObject, more: Partial<AwaitContext> = {}) =>
  awaitDeleted({ ...awaiting(server, live, more), reference: referenceTo(live) });

test("what is gone already is not watched", async () => {
  const live = server.put(deployment());
  server.remove(live);
  await deleting(live);
  expect(server.requests).toEqual(["GET deployments"]);
});

test("an object is waited for until its finalizers are done", async () => {
  const live = server.put(deployment({}, { finalizers: ["foregroundDeletion"] }));
  const wait = deleting(live);
  await until(() => server.openWatches.includes("deployments"));
  expect(server.openWatches).toEqual(["deployments"]);
  const since = performance.now();
  server.remove(live);
  await wait;
  expect(performance.now() - since).toBeLessThan(100);
});

test("an object is not waited for that went between a look at it and at the list that others keep", async () => {
  const client = server.client();
  const live = server.put(deployment());
  const other = server.put(
    deployment({}, { name: "other", uid: "other", finalizers: ["example.org/backup"] }),
  );
  const waiting = deleting(other, { client });
  await until(() => server.openWatches.includes("deployments"));
  const look = client.get.bind(client);
  client.get = async <Type extends KubernetesObject>(...args: Parameters<typeof look>) => {
    const found = await look<Type>(...args);
    server.remove(live);
    await sleep(50);
    return found;
  };
  await expect(deleting(live, { client, timeoutSeconds: 1 })).resolves.toBeUndefined();
  server.remove(other);
  await waiting;
});

test("a new object of the same name doesn't keep the deletion from being done", async () => {
  const live = server.put(deployment());
  server.remove(live);
  server.put(deployment({}, { uid: "another" }));
  await expect(deleting(live)).resolves.toBeUndefined();
});

test("when the time is up the error names the finalizers", async () => {
  const live = server.put(deployment({}, { finalizers: ["example.org/backup"] }));
  const error = await refusalOf(deleting(live, { timeoutSeconds: 0.2 }));
  expect(error.message).toBe("timed out waiting for the condition");
  expect(error.reasons).toEqual(["finalizers might be preventing deletion (example.org/backup)"]);
});

test("a cancelled deletion ends at once", async () => {
  const canceling = new AbortController();
  const wait = refusalOf(deleting(server.put(deployment()), { signal: canceling.signal }));
  await until(() => server.openWatches.includes("deployments"));
  canceling.abort();
  expect((await wait).message).toBe('Resource operation was cancelled for "web"');
});

test("a deletion that isn't to be waited for ends at once", async () => {
  const live = server.put(deployment({}, { annotations: { "pulumi.com/skipAwait": "true" } }));
  await deleting(live);
  expect(server.requests).toEqual([]);
});

test("a namespace tells what is left in it", () => {
  const namespace = object("v1", "Namespace", {
    spec: { finalizers: ["kubernetes"] },
    status: {
      phase: "Terminating",
      conditions: [
        condition("NamespaceDeletionDiscoveryFailure", "False", "ResourcesDiscovered"),
        condition(
          "NamespaceContentRemaining",
          "True",
          "SomeResourcesRemain",
          "Some resources are remaining: pods. has 1 resource instances",
        ),
      ],
    },
  });
  expect(remains(namespace)).toEqual([
    "[SomeResourcesRemain] Some resources are remaining: pods. has 1 resource instances",
  ]);
});

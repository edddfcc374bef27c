import { expect, test } from "vitest";
import { claimsOn, dataOn } from "../../../../cli/targets/kubernetes/claims.ts";
import type { OnCluster } from "../../../../cli/targets/kubernetes/objects.ts";
import { fakeCluster } from "./fake-client.ts";

const claim = (name: string, instance = "box", namespace = "platform") => ({
  apiVersion: "v1",
  kind: "PersistentVolumeClaim",
  metadata: { name, namespace, labels: { "app.kubernetes.io/instance": instance } },
});
const namespace = { apiVersion: "v1", kind: "Namespace", metadata: { name: "platform" } };
const planned = { apiVersion: "v1", kind: "PersistentVolumeClaim", name: "data-db-0", namespace: "platform" };
const stack: OnCluster = {
  objects: [{ ...planned, labels: {}, inputs: {} }],
  ownNamespaces: ["platform"],
  namespaces: ["platform"],
  instances: ["box"],
};

test("[G6] the data of a stack is its volumes, and the namespace that holds them", async () => {
  const { client } = fakeCluster([namespace, claim("data-db-0"), claim("data-cache-0")]);
  const data = dataOn(client, stack);
  expect(data.expected).toEqual(["platform", "platform/data-db-0"]);
  expect(await data.present()).toEqual(["platform", "platform/data-cache-0", "platform/data-db-0"]);
});

test("[G6] a namespace of the stack's own goes with all that is in it", async () => {
  const { client, deleted } = fakeCluster([namespace, claim("data-db-0")]);
  const data = dataOn(client, stack);
  await data.remove(await data.present());
  expect(deleted).toEqual(["Namespace /platform"]);
  expect(await data.present()).toEqual([]);
});

test("[G6] of a namespace that others use too, only the stack's volumes go", async () => {
  const { client, deleted } = fakeCluster([namespace, claim("data-db-0"), claim("data-x-0", "crate")]);
  const data = dataOn(client, { ...stack, ownNamespaces: [] });
  expect(await data.present()).toEqual(["platform/data-db-0"]);
  await data.remove(["platform/data-db-0"]);
  expect(deleted).toEqual(["PersistentVolumeClaim platform/data-db-0"]);
  expect(await claimsOn(client, ["platform"], ["crate"])).toEqual(["platform/data-x-0"]);
});

test("what is gone already is no reason to fail", async () => {
  const { client } = fakeCluster([]);
  const data = dataOn(client, stack);
  expect(await data.present()).toEqual([]);
  await data.remove(["platform", "elsewhere/data-db-0"]);
});

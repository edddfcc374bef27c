import { expect, test } from "vitest";
import type { Resource } from "../../../../cli/resources.ts";
import { imagesIn, ownImages } from "../../../../cli/targets/kubernetes/images.ts";
import { onCluster } from "../../../../cli/targets/kubernetes/objects.ts";
import { podSpecs } from "../../../../cli/targets/kubernetes/pod-specs.ts";

const NOT_KNOWN_YET = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

function resource(apiVersion: string, kind: string, metadata: object, spec?: object): Resource {
  return {
    urn: `urn:pulumi:box::tiny::kubernetes:${apiVersion}:${kind}::any`,
    type: `kubernetes:${apiVersion}:${kind}`,
    custom: true,
    inputs: { apiVersion, kind, metadata, ...(spec && { spec }) },
    outputs: {},
    retainOnDelete: false,
    delete: false,
  };
}

const labels = { "app.kubernetes.io/instance": "box" };
const namespace = resource("v1", "Namespace", { name: "platform", labels });
const template = (image: string, more = {}) => ({ template: { spec: { containers: [{ image, ...more }] } } });
const web = resource(
  "apps/v1",
  "Deployment",
  { name: "web", namespace: "platform", labels },
  { replicas: 2, ...template("web:1") },
);

test("what a stack has on a cluster is read from its resources", () => {
  const { objects, ...rest } = onCluster([namespace, web]);
  expect(objects).toMatchObject([
    { kind: "Namespace", name: "platform", namespace: undefined },
    { apiVersion: "apps/v1", kind: "Deployment", name: "web", namespace: "platform" },
  ]);
  expect(rest).toEqual({ ownNamespaces: ["platform"], namespaces: ["platform"], instances: ["box"] });
});

test("a namespace that is not the stack's own is used, not owned; one that is not known yet is none", () => {
  const later = resource("v1", "Secret", { name: "db", namespace: NOT_KNOWN_YET });
  expect(onCluster([web, later])).toMatchObject({ ownNamespaces: [], namespaces: ["platform"] });
});

test("other resources, providers among them, are left out", () => {
  const provider = { ...namespace, type: "pulumi:providers:kubernetes", inputs: { version: "4.32.0" } };
  const patch = { ...namespace, type: "kubernetes:core/v1:Namespace", inputs: {} };
  expect(onCluster([provider, patch]).objects).toEqual([]);
});

test("the pods of each kind of workload are found where it describes them", () => {
  const job = { spec: { ...template("migrate:1") } };
  const cron = resource("batch/v1", "CronJob", { name: "nightly" }, { jobTemplate: job });
  const plain = resource("v1", "Pod", { name: "one" }, { containers: [{ image: "one:1" }] });
  const all = onCluster([web, cron, plain, namespace]).objects.flatMap(podSpecs);
  expect(
    all.map(({ owner, copies, stays, containers }) => [owner, copies, stays, containers[0]!.image]),
  ).toEqual([
    ["web", 2, true, "web:1"],
    ["nightly", 1, false, "migrate:1"],
    ["one", 1, true, "one:1"],
  ]);
});

test("images are told once, those of containers that prepare a pod among them", () => {
  const spec = { containers: [{ image: "web:1" }], initContainers: [{ image: "tools:1" }] };
  const prepared = resource("apps/v1", "StatefulSet", { name: "db" }, { template: { spec } });
  expect(imagesIn(onCluster([web, prepared]))).toEqual(["web:1", "tools:1"]);
});

test("images that keelson makes itself are in no registry", () => {
  const references = [
    "postgres:18.6",
    "keelson/reference-app:0.1.0",
    "keelson-embedded/redis:7.0",
    "ghcr.io/keelson/reference-app:1",
  ];
  expect(ownImages(references)).toEqual(["keelson/reference-app:0.1.0", "keelson-embedded/redis:7.0"]);
});

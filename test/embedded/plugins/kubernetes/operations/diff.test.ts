import { describe, expect, it } from "vitest";
import type { Values } from "../../../../../embedded/plugins/provider/value.ts";
import { unknown } from "../../../../../embedded/plugins/provider/value.ts";
import { ScriptedApiServer } from "../scripted-api-server.ts";
import { calling, cluster, resourceFor, urnOf } from "../support.ts";

interface Case {
  readonly settings?: Values;
  readonly ignoreChanges?: readonly string[];
}

/** How an object of the kind that has become what the program wanted differs from what it wants now. */
async function difference(
  kind: string,
  before: Values,
  after: Values,
  { settings = {}, ignoreChanges = [] }: Case = {},
) {
  const [apiVersion = "", name = ""] = kind.split(/\/(?=[^/]*$)/);
  const token = `kubernetes:${apiVersion.includes("/") ? apiVersion : `core/${apiVersion}`}:${name}`;
  const object = (values: Values): Values => ({
    apiVersion,
    kind: name,
    ...values,
    metadata: { name: "one", namespace: "default", ...(values["metadata"] as Values | undefined) },
  });
  const urn = urnOf(token, "one");
  const state = { ...object(before), __inputs: object(before) };
  const { context } = calling(cluster(settings), urn);
  return resourceFor(urn).diff(
    {
      urn,
      id: "default/one",
      oldInputs: object(before),
      outputs: state,
      inputs: object(after),
      ignoreChanges,
    },
    context,
  );
}

describe("a change replaces", () => {
  it.each([
    [
      "apps/v1/Deployment",
      { spec: { selector: { matchLabels: { a: "1" } } } },
      { spec: { selector: { matchLabels: { a: "2" } } } },
      "spec.selector.matchLabels.a",
    ],
    [
      "apps/v1/StatefulSet",
      { spec: { serviceName: "a" } },
      { spec: { serviceName: "b" } },
      "spec.serviceName",
    ],
    [
      "apps/v1/StatefulSet",
      { spec: { volumeClaimTemplates: [{ spec: { a: "1" } }] } },
      { spec: { volumeClaimTemplates: [{ spec: { a: "2" } }] } },
      "spec.volumeClaimTemplates[0].spec.a",
    ],
    [
      "batch/v1/Job",
      { spec: { template: { a: "1" } } },
      { spec: { template: { a: "2" } } },
      "spec.template.a",
    ],
    [
      "v1/Pod",
      { spec: { containers: [{ image: "a" }] } },
      { spec: { containers: [{ image: "b" }] } },
      "spec.containers[0].image",
    ],
    [
      "v1/Pod",
      { spec: { containers: [{ name: "a" }] } },
      { spec: { containers: [{ name: "a" }, { name: "b", image: "b" }] } },
      "spec.containers[1]",
    ],
    ["v1/Service", { spec: { clusterIP: "None" } }, { spec: {} }, "spec.clusterIP"],
    ["v1/Secret", { type: "Opaque" }, { type: "other" }, "type"],
    [
      "v1/PersistentVolumeClaim",
      { spec: { storageClassName: "a" } },
      { spec: { storageClassName: "b" } },
      "spec.storageClassName",
    ],
    ["storage.k8s.io/v1/StorageClass", { provisioner: "a" }, { provisioner: "b" }, "provisioner"],
    [
      "rbac.authorization.k8s.io/v1/RoleBinding",
      { roleRef: { name: "a" } },
      { roleRef: { name: "b" } },
      "roleRef.name",
    ],
    ["v1/ConfigMap", { data: { a: "1" } }, { data: { a: "2" } }, "data.a"],
    ["example.com/v1/Widget", {}, { metadata: { namespace: "other" } }, "metadata.namespace"],
  ])("a %s by %j to %j", async (kind, before: Values, after: Values, path) => {
    expect(await difference(kind, before, after)).toMatchObject({ changed: true, replaces: [path] });
  });

  it.each([
    ["apps/v1/Deployment", { spec: { replicas: 1 } }, { spec: { replicas: 2 } }],
    ["apps/v1/StatefulSet", { spec: { template: { a: "1" } } }, { spec: { template: { a: "2" } } }],
    ["batch/v1/Job", { spec: { ttlSecondsAfterFinished: 1 } }, { spec: { ttlSecondsAfterFinished: 2 } }],
    ["v1/Service", { spec: { type: "ClusterIP" } }, { spec: { type: "NodePort" } }],
    [
      "v1/PersistentVolumeClaim",
      { spec: { resources: { requests: { storage: "1Gi" } } } },
      { spec: { resources: { requests: { storage: "2Gi" } } } },
    ],
    ["example.com/v1/Widget", { spec: { selector: "a" } }, { spec: { selector: "b" } }],
  ])("no %s by %j to %j", async (kind, before: Values, after: Values) => {
    expect(await difference(kind, before, after)).toMatchObject({ changed: true, replaces: [] });
  });

  it("no Secret and no ConfigMap that the provider may change, unless the object itself must not", async () => {
    const settings = { enableConfigMapMutable: true, enableSecretMutable: true };
    for (const kind of ["v1/ConfigMap", "v1/Secret"]) {
      const change = (more: Values) =>
        difference(kind, { data: { a: "MQ==" }, ...more }, { data: { a: "Mg==" }, ...more }, { settings });
      expect(await change({})).toMatchObject({ changed: true, replaces: [] });
      expect(await change({ immutable: true })).toMatchObject({
        replaces: ["data.a"],
        deleteBeforeReplace: true,
      });
    }
  });

  it("before the old object is gone where the program chose the name, and only there", async () => {
    const change = (annotations: Values) =>
      difference(
        "v1/ConfigMap",
        { metadata: { annotations }, data: { a: "1" } },
        { metadata: { annotations }, data: { a: "2" } },
      );
    expect(await change({})).toMatchObject({ deleteBeforeReplace: true });
    expect(await change({ "pulumi.com/autonamed": "true" })).toMatchObject({ deleteBeforeReplace: false });
    const moved = await difference("v1/ConfigMap", {}, { metadata: { namespace: "other" } });
    expect(moved).toMatchObject({ replaces: ["metadata.namespace"], deleteBeforeReplace: false });
  });
});

describe("a difference", () => {
  it("names the places, quoted where a name has dots", async () => {
    const { details } = await difference(
      "apps/v1/Deployment",
      { metadata: { labels: { "a.b/c": "1", gone: "x" } }, spec: { list: [{ a: 1 }, { a: 2 }] } },
      { metadata: { labels: { "a.b/c": "2", new: "y" } }, spec: { list: [{ a: 1 }] } },
    );
    expect(details).toEqual({
      'metadata.labels["a.b/c"]': { kind: "update", replaces: false, inputs: false },
      "metadata.labels.gone": { kind: "delete", replaces: false, inputs: true },
      "metadata.labels.new": { kind: "add", replaces: false, inputs: false },
      "spec.list[1]": { kind: "delete", replaces: false, inputs: true },
    });
  });

  it("is none in what the program ignores", async () => {
    const change = (ignoreChanges: readonly string[]) =>
      difference(
        "apps/v1/Deployment",
        { spec: { replicas: 1, template: { containers: [{ image: "a" }] } } },
        { spec: { replicas: 2, template: { containers: [{ image: "b" }] } } },
        { ignoreChanges },
      );
    expect(await change(["spec.replicas", "spec.template.containers[*].image"])).toMatchObject({
      changed: false,
    });
    expect(await change(["spec.replicas"])).toMatchObject({
      details: { "spec.template.containers[0].image": { kind: "update" } },
    });
  });

  it("is none between two ways to write the same", async () => {
    const of = (cpu: string | number) => ({
      spec: { template: { spec: { containers: [{ resources: { limits: { cpu } } }] } } },
    });
    expect(await difference("apps/v1/Deployment", of("1"), of("1000m"))).toMatchObject({ changed: false });
    expect(await difference("apps/v1/Deployment", of("1"), of(2))).toMatchObject({ changed: true });
  });

  it("is there for all that is not known yet", async () => {
    expect(
      await difference("v1/Service", { spec: { type: "ClusterIP" } }, { spec: { type: unknown } }),
    ).toMatchObject({
      details: { "spec.type": { kind: "update" } },
    });
  });
});

describe("a Job that is to be replaced while it is not ready", () => {
  const job = { metadata: { annotations: { "pulumi.com/replaceUnready": "true" } } };
  const complete = { startTime: "t", conditions: [{ type: "Complete", status: "True" }] };
  const failed = { startTime: "t", conditions: [{ type: "Failed", status: "True" }] };

  it.each([
    ["is left alone once it is complete", complete, []],
    ["is replaced when it failed", failed, ['.metadata.annotations["pulumi.com/replaceUnready"]']],
    ["is replaced while it runs", { startTime: "t" }, ['.metadata.annotations["pulumi.com/replaceUnready"]']],
  ])("%s", async (_, status, replaces) => {
    const object = { apiVersion: "batch/v1", kind: "Job", ...job };
    await using server = await ScriptedApiServer.start(() => ({ body: { ...object, status } }));
    const inputs = { ...object, metadata: { name: "migrate", namespace: "shop", ...job.metadata } };
    const urn = urnOf("kubernetes:batch/v1:Job", "migrate");
    const { context } = calling(cluster({}, server.client()), urn);
    const outputs = { ...inputs, __inputs: inputs };
    const request = { urn, id: "shop/migrate", oldInputs: inputs, outputs, inputs, ignoreChanges: [] };
    expect(await resourceFor(urn).diff(request, context)).toMatchObject({
      changed: replaces.length > 0,
      replaces,
      deleteBeforeReplace: replaces.length > 0,
    });
  });
});

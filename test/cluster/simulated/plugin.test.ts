import { AppsV1Api, KubeConfig, PatchStrategy, setHeaderOptions } from "@kubernetes/client-node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Cluster } from "../../../embedded/plugins/kubernetes/config/cluster.ts";
import { readSettings } from "../../../embedded/plugins/kubernetes/config/settings.ts";
import type { Values } from "../../../embedded/plugins/provider/value.ts";
import { InitializationError } from "../../../embedded/plugins/provider/resource.ts";
import { secret } from "../../../embedded/plugins/provider/wire.ts";
import { Managed } from "../../embedded/plugins/kubernetes/managed.ts";
import { kubeconfigPath } from "../../support/cluster.ts";
import { clusterClient, removeNamespace, until } from "../../support/kubernetes-objects.ts";

const client = clusterClient();
const config = new KubeConfig();
config.loadFromFile(kubeconfigPath());
const namespace = "plugin";
const group = "plugin.example.com";

/** On the simulated nodes: pods are ready as soon as they are scheduled. */
const place = {
  nodeSelector: { "kwok.x-k8s.io/node": "simulated" },
  tolerations: [{ key: "kwok.x-k8s.io/node", operator: "Exists" }],
};

async function connect(settings: Values = {}): Promise<Cluster> {
  const given = {
    kubeconfig: kubeconfigPath(),
    namespace,
    enableConfigMapMutable: true,
    enableSecretMutable: true,
  };
  return Cluster.connect(readSettings({ ...given, ...settings }, {}));
}

function configMap(name: string, data: Values, annotations: Values = {}): Values {
  return { apiVersion: "v1", kind: "ConfigMap", metadata: { name, annotations }, data };
}

function deployment(name: string, replicas: number | undefined, template: Values = {}): Values {
  const labels = { app: name };
  const container = { name: "main", image: "example.com/any:1", env: [{ name: "EMPTY", value: "" }] };
  const spec = { ...place, hostNetwork: false, containers: [{ ...container, ...template }] };
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name },
    spec: {
      ...(replicas === undefined ? {} : { replicas }),
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec },
    },
  };
}

const configMaps = "kubernetes:core/v1:ConfigMap";
const deployments = "kubernetes:apps/v1:Deployment";
let cluster: Cluster;

beforeAll(async () => {
  await clean();
  cluster = await connect();
  await client.create({ apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } });
});
afterAll(clean);

async function clean(): Promise<void> {
  await removeNamespace(client, namespace);
  const definition = {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    name: `widgets.${group}`,
  };
  await client.delete(definition, "Foreground").catch(() => undefined);
}

describe("an object", () => {
  test("is made, found unchanged, changed in place and removed", async () => {
    const settings = new Managed(cluster, configMaps, "settings");
    await settings.up(configMap("settings", { level: "1", empty: "" }));
    expect(await settings.diff(configMap("settings", { level: "1", empty: "" }))).toMatchObject({
      changed: false,
    });
    expect(await settings.refresh()).toBe(true);
    expect(await settings.diff(configMap("settings", { level: "1", empty: "" }))).toMatchObject({
      changed: false,
    });

    await settings.up(configMap("settings", { level: "2" }));
    const live = await client.get({ apiVersion: "v1", kind: "ConfigMap", name: "settings", namespace });
    expect(live["data"]).toEqual({ level: "2" });
    expect(live.metadata.managedFields).toMatchObject([{ manager: settings.manager, operation: "Apply" }]);

    await settings.delete();
    expect(
      (await client.list({ apiVersion: "v1", kind: "ConfigMap" }, { namespace })).items,
    ).not.toContainEqual(
      expect.objectContaining({ metadata: expect.objectContaining({ name: "settings" }) }),
    );
  });

  test("written in other ways than the API server keeps it is no difference, also after a refresh", async () => {
    const web = new Managed(cluster, deployments, "web");
    const resources = { limits: { cpu: "1000m", memory: "1024Mi" }, requests: { cpu: 0.5 } };
    const program = deployment("web", 2, { resources });
    await web.up(program);
    expect(web.known.outputs).toMatchObject({ status: { readyReplicas: 2 } });
    expect(await web.diff(program)).toMatchObject({ changed: false });
    await web.refresh();
    expect(await web.diff(program)).toMatchObject({ changed: false });
  });

  test("that somebody changed by hand is found by a refresh and put right", async () => {
    const settings = new Managed(cluster, configMaps, "drifting");
    await settings.up(configMap("drifting", { level: "1" }));
    const reference = { apiVersion: "v1", kind: "ConfigMap", name: "drifting", namespace };
    const body = { data: { level: "9" } };
    await client.patch(reference, { type: "merge", body }, { fieldManager: "kubectl-edit" });
    await settings.refresh();
    expect(await settings.preview(configMap("drifting", { level: "1" }))).toMatchObject({
      data: { level: "1" },
    });
    expect(await settings.up(configMap("drifting", { level: "1" }))).toMatchObject({
      details: { "data.level": { kind: "update", replaces: false } },
    });
    expect((await client.get(reference))["data"]).toEqual({ level: "1" });
  });

  test("that is deleted behind Pulumi's back is forgotten by a refresh", async () => {
    const settings = new Managed(cluster, configMaps, "vanishing");
    await settings.up(configMap("vanishing", { level: "1" }));
    await client.delete({ apiVersion: "v1", kind: "ConfigMap", name: "vanishing", namespace }, "Background");
    expect(await settings.refresh()).toBe(false);
  });

  test("that is there already is not taken over unasked", async () => {
    await new Managed(cluster, configMaps, "first").up(configMap("taken", { mine: "1" }));
    const second = new Managed(cluster, configMaps, "second");
    expect(await second.preview(configMap("taken", { mine: "2" }))).toMatchObject({ data: { mine: "2" } });
    await expect(second.up(configMap("taken", { mine: "2" }))).rejects.toThrow(/"taken" already exists/);
    await new Managed(cluster, configMaps, "imported").import(`${namespace}/taken`);
  });

  test("keeps its secrets secret, and has what the API server computes", async () => {
    const keys = new Managed(cluster, "kubernetes:core/v1:Secret", "keys");
    const program = {
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name: "keys" },
      stringData: secret({ a: "clear" }),
    };
    expect(await keys.preview(program)).toMatchObject({ data: secret({ a: "Y2xlYXI=" }), type: "Opaque" });
    await keys.up(program);
    expect(JSON.stringify({ ...keys.known.outputs, data: null, __inputs: null })).not.toContain("Y2xlYXI=");
    expect(keys.known.outputs).toMatchObject({
      data: secret({ a: "Y2xlYXI=" }),
      type: "Opaque",
      __inputs: { data: secret({ a: "Y2xlYXI=" }) },
    });
  });
});

describe("fields that others manage", () => {
  test("are a conflict that names them and their manager", async () => {
    const scaled = new Managed(cluster, deployments, "scaled");
    await scaled.up(deployment("scaled", 1));
    await scale("scaled", 2);
    await until("the second copy is there", async () => (await ready("scaled")) === 2);
    await scaled.refresh();
    const error: unknown = await scaled.up(deployment("scaled", 1)).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(InitializationError);
    expect((error as Error).message).toMatch(
      /"pulumi-kubernetes-[0-9a-f]{8}" had an apply conflict: Apply failed with 1 conflict: conflict with "autoscaler" with subresource "scale" using apps\/v1: \.spec\.replicas$/,
    );
    await scaled.up({
      ...deployment("scaled", 1),
      metadata: { name: "scaled", annotations: { "pulumi.com/patchForce": "true" } },
    });
    expect(scaled.known.outputs).toMatchObject({ spec: { replicas: 1 } });
  });

  test("are left alone where the program does not state them, or ignores them", async () => {
    const stated = new Managed(cluster, deployments, "stated");
    await stated.up(deployment("stated", 1));
    await scale("stated", 2);
    await stated.up(deployment("stated", 1, { image: "example.com/any:2" }), {
      ignoreChanges: ["spec.replicas"],
    });
    expect(stated.known.outputs).toMatchObject({ spec: { replicas: 2 } });
    const silent = new Managed(cluster, deployments, "silent");
    await silent.up(deployment("silent", undefined));
    await scale("silent", 2);
    await silent.up(deployment("silent", undefined, { image: "example.com/any:2" }));
    expect(silent.known.outputs).toMatchObject({ spec: { replicas: 2 } });
  });

  test("of a Patch resource go with it, and the object stays", async () => {
    const base = new Managed(cluster, configMaps, "base");
    await base.up(configMap("base", { own: "1" }));
    const patch = new Managed(cluster, "kubernetes:core/v1:ConfigMapPatch", "patch");
    await patch.up(configMap("base", { more: "2" }));
    expect(patch.known.outputs).toMatchObject({ data: { own: "1", more: "2" } });
    await patch.delete();
    const live = await client.get({ apiVersion: "v1", kind: "ConfigMap", name: "base", namespace });
    expect(live["data"]).toEqual({ own: "1" });
  });

  async function ready(name: string): Promise<number> {
    const deployed = await client.get({ apiVersion: "apps/v1", kind: "Deployment", name, namespace });
    return Number((deployed["status"] as Values)["readyReplicas"] ?? 0);
  }

  /** As an autoscaler does it. */
  async function scale(name: string, replicas: number): Promise<void> {
    const scales = config.makeApiClient(AppsV1Api);
    await scales.patchNamespacedDeploymentScale(
      { name, namespace, fieldManager: "autoscaler", body: { spec: { replicas } } },
      setHeaderOptions("Content-Type", PatchStrategy.MergePatch),
    );
  }
});

describe("objects of a kind that the program defines", () => {
  const definition = {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: `widgets.${group}` },
    spec: {
      group,
      scope: "Namespaced",
      names: { plural: "widgets", singular: "widget", kind: "Widget" },
      versions: [
        {
          name: "v1",
          served: true,
          storage: true,
          schema: { openAPIV3Schema: { type: "object", x_kubernetes_preserve_unknown_fields: true } },
        },
      ],
    },
  };
  const widget = {
    apiVersion: `${group}/v1`,
    kind: "Widget",
    metadata: { name: "one" },
    spec: { size: 1, flag: false },
  };

  test("wait for their definition, are managed like others, and go with it", async () => {
    const crd = new Managed(cluster, "kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition", "crd");
    const one = new Managed(cluster, `kubernetes:${group}/v1:Widget`, "one");
    expect(await one.preview(widget)).toMatchObject({ metadata: { namespace }, spec: { size: 1 } });
    await Promise.all([one.up(widget), crd.up(definition)]);
    expect(one.known.id).toBe(`${namespace}/one`);
    expect(await one.diff(widget)).toMatchObject({ changed: false });
    await one.up({ ...widget, spec: { size: 2, flag: false } });
    expect(one.known.outputs).toMatchObject({ spec: { size: 2, flag: false } });
    await crd.up({
      ...definition,
      spec: { ...definition.spec, names: { ...definition.spec.names, shortNames: ["wd"] } },
    });
    await crd.delete();
    await expect(one.delete()).resolves.toBeUndefined();
  });
});

describe("a deletion", () => {
  test("waits for finalizers until its time is up, and keeps the object in the state", async () => {
    const kept = new Managed(cluster, configMaps, "kept");
    await kept.up(configMap("kept", {}));
    const reference = { apiVersion: "v1", kind: "ConfigMap", name: "kept", namespace };
    const finalizers = (names: readonly string[] | null) =>
      client.patch(reference, { type: "merge", body: { metadata: { finalizers: names } } });
    await finalizers([`${group}/kept`]);
    await expect(kept.delete(1)).rejects.toBeInstanceOf(InitializationError);
    await finalizers(null);
    await until("the object is gone", async () => !(await kept.refresh()));
  });

  test("takes what depends on the object with it", async () => {
    const going = new Managed(cluster, deployments, "going");
    await going.up(deployment("going", 1));
    await going.delete();
    const { items } = await client.list(
      { apiVersion: "v1", kind: "Pod" },
      { namespace, labelSelector: "app=going" },
    );
    expect(items).toEqual([]);
  });
});

import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Cluster } from "../../../embedded/plugins/kubernetes/config/cluster.ts";
import { readSettings } from "../../../embedded/plugins/kubernetes/config/settings.ts";
import { Managed } from "../../embedded/plugins/kubernetes/managed.ts";
import { kubeconfigPath } from "../../support/cluster.ts";
import { clusterClient, removeNamespace, until } from "../../support/kubernetes-objects.ts";

const client = clusterClient();
const namespace = "helm-release";
const program = {
  name: "scaling",
  namespace,
  createNamespace: true,
  chart: "keda",
  version: "2.20.2",
  repositoryOpts: { repo: "https://kedacore.github.io/charts" },
  values: { operator: { replicaCount: 2 } },
};
const definition = {
  apiVersion: "apiextensions.k8s.io/v1",
  kind: "CustomResourceDefinition",
  name: "clustercloudeventsources.eventing.keda.sh",
} as const;

beforeAll(async () => {
  await removeNamespace(client, namespace);
  const isThere = async () => (await client.list(definition)).items.some(isThatOne);
  if (!(await isThere())) return;
  await client.delete(definition, "Background");
  await until(`${definition.name} is gone`, async () => !(await isThere()));
});
afterAll(() => removeNamespace(client, namespace));

function isThatOne({ metadata }: { readonly metadata: { readonly name?: string } }): boolean {
  return metadata.name === definition.name;
}

async function secrets() {
  const { items } = await client.list<any>(
    { apiVersion: "v1", kind: "Secret" },
    { namespace, labelSelector: "owner=helm,name=scaling" },
  );
  return items.map(({ type, metadata, data }) => {
    const packed = Buffer.from(Buffer.from(data.release, "base64").toString(), "base64");
    const { version, info, config } = JSON.parse(gunzipSync(packed).toString());
    return { type, status: metadata.labels?.["status"], version, told: info.status, config };
  });
}

test("a release is kept in the cluster as Helm keeps it, with its definitions in force, and goes without them", async () => {
  const cluster = await Cluster.connect(readSettings({ kubeconfig: kubeconfigPath() }, {}));
  const release = new Managed(cluster, "kubernetes:helm.sh/v3:Release", "scaling");
  await release.up(program);
  expect(release.lines.map(({ message }) => message).join()).toMatch(/keda 2\.20\.2 was not installed/);
  const made = await client.get<any>(definition);
  expect(made.metadata.annotations).toMatchObject({ "meta.helm.sh/release-name": "scaling" });
  expect(made["status"].conditions).toContainEqual(
    expect.objectContaining({ type: "Established", status: "True" }),
  );
  await client.create({
    apiVersion: "keda.sh/v1alpha1",
    kind: "TriggerAuthentication",
    metadata: { name: "queue", namespace },
    spec: { podIdentity: { provider: "none" } },
  });

  expect(await release.refresh()).toBe(true);
  expect(await release.diff(program)).toMatchObject({ changed: false });
  const values = { operator: { replicaCount: 3 } };
  await release.up({ ...program, values });
  expect(await secrets()).toEqual([
    {
      type: "helm.sh/release.v1",
      status: "superseded",
      version: 1,
      told: "superseded",
      config: program.values,
    },
    { type: "helm.sh/release.v1", status: "deployed", version: 2, told: "deployed", config: values },
  ]);

  await release.delete();
  expect(await secrets()).toEqual([]);
  expect((await client.list(definition)).items.some(isThatOne)).toBe(true);
});

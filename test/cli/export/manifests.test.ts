import { describe, expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { manifests } from "../../../cli/export/manifests.ts";
import type { Resource } from "../../../cli/resources.ts";

const secret = (text: unknown) => ({
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  plaintext: JSON.stringify(text),
});

/** A resource of a stack's state. */
function resource(
  kind: string,
  apiVersion: string,
  inputs: object,
  change: Partial<Resource> = {},
): Resource {
  return {
    urn: `urn:pulumi:box::tiny::kubernetes:${apiVersion}:${kind}::any`,
    type: `kubernetes:${apiVersion}:${kind}`,
    custom: true,
    inputs: { apiVersion, kind, ...inputs },
    outputs: {},
    retainOnDelete: false,
    delete: false,
    ...change,
  };
}

const metadata = (name: string, more = {}) => ({ metadata: { name, namespace: "platform", ...more } });
const namespace = resource("Namespace", "v1", { metadata: { name: "platform" } });
const quota = resource("ResourceQuota", "v1", { ...metadata("platform"), spec: { hard: { pods: "9" } } });
const deployment = resource("Deployment", "apps/v1", {
  ...metadata("web", { annotations: { "pulumi.com/skipAwait": "true", "keelson/settings": "12ab" } }),
  spec: { replicas: 2, paused: null, template: { spec: { volumes: [{ name: "tmp", emptyDir: {} }] } } },
  status: { replicas: 1 },
  __initialApiVersion: "apps/v1",
});
const closed = resource("NetworkPolicy", "networking.k8s.io/v1", {
  ...metadata("deny-all"),
  spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] },
});

/** The objects of an export by the files that they are in. */
function written(resources: readonly Resource[], options = {}): Record<string, unknown[]> {
  const files = manifests.files(resources, options);
  return Object.fromEntries(
    files.map(({ name, content }) => [name, parseAllDocuments(content).map((document) => document.toJS())]),
  );
}

test("objects are as their program states them, without what is Pulumi's, null or the cluster's to say", () => {
  expect(written([deployment])).toEqual({
    "workloads.yaml": [
      {
        apiVersion: "apps/v1",
        kind: "Deployment",
        metadata: { name: "web", namespace: "platform", annotations: { "keelson/settings": "12ab" } },
        spec: { replicas: 2, template: { spec: { volumes: [{ name: "tmp", emptyDir: {} }] } } },
      },
    ],
  });
});

test("annotations that were only Pulumi's leave nothing behind", () => {
  const service = resource(
    "Service",
    "v1",
    metadata("web", { annotations: { "pulumi.com/skipAwait": "true" } }),
  );
  expect(written([service])["services.yaml"]).toEqual([
    { apiVersion: "v1", kind: "Service", metadata: { name: "web", namespace: "platform" } },
  ]);
});

test("an empty selector, which selects all, stays", () => {
  expect(written([closed])["network.yaml"]).toMatchObject([{ spec: { podSelector: {} } }]);
});

test("kubectl, which takes files by their names, meets the namespace first", () => {
  const files = manifests.files([deployment, closed, quota, namespace], {});
  expect(files.map(({ name }) => name)).toEqual(["namespace.yaml", "network.yaml", "workloads.yaml"]);
  expect(written([quota, namespace])["namespace.yaml"]).toMatchObject([
    { kind: "Namespace" },
    { kind: "ResourceQuota" },
  ]);
});

describe("[G3] secrets", () => {
  const password = resource("Secret", "v1", {
    ...metadata("db"),
    stringData: secret({ PASSWORD: "hunter2" }),
  });

  test("are in a file of their own, in clear", () => {
    const files = manifests.files([namespace, password, deployment], {});
    expect(files.filter(({ isSecret }) => isSecret).map(({ name }) => name)).toEqual(["secrets.yaml"]);
    expect(written([password])["secrets.yaml"]).toMatchObject([{ stringData: { PASSWORD: "hunter2" } }]);
  });

  test("are nowhere else, whatever the kind of what holds them", () => {
    const leaky = resource("ConfigMap", "v1", {
      ...metadata("web"),
      data: { "app.yaml": secret("hunter2") },
    });
    const files = manifests.files([namespace, password, leaky, deployment], {});
    const others = files.filter(({ isSecret }) => !isSecret);
    expect(others.map(({ content }) => content).join("")).not.toContain("hunter2");
    expect(written([leaky])["secrets.yaml"]).toMatchObject([{ data: { "app.yaml": "hunter2" } }]);
  });
});

test("a job is tried until its servers are up, each time no longer than its deadline, and says so", () => {
  const spec = {
    backoffLimit: 0,
    activeDeadlineSeconds: 600,
    template: { spec: { restartPolicy: "Never" } },
  };
  const job = resource("Job", "batch/v1", { ...metadata("migrate"), spec });
  expect(written([job])["workloads.yaml"]).toEqual([
    expect.objectContaining({
      spec: { backoffLimit: 20, template: { spec: { restartPolicy: "Never", activeDeadlineSeconds: 600 } } },
    }),
  ]);
  const [file] = manifests.files([job], {});
  expect(file!.content).toMatch(/^# Without Pulumi nothing waits for the servers of this job/);
});

test("resources that are none of Kubernetes', components and what is about to go are left out", () => {
  const provider = { ...namespace, type: "pulumi:providers:kubernetes" };
  const component = { ...namespace, custom: false };
  expect(manifests.files([provider, component, { ...deployment, delete: true }], {})).toEqual([]);
});

test("a name that was made up for an object is the one that it has", () => {
  const unnamed = resource(
    "ConfigMap",
    "v1",
    { data: {} },
    { outputs: { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "made-1a2b" } } },
  );
  expect(written([unnamed])["settings.yaml"]).toMatchObject([{ metadata: { name: "made-1a2b" } }]);
});

describe("another name for the namespace", () => {
  const encoded = (text: string) => Buffer.from(text).toString("base64");

  test("is everywhere: where objects lie, in selectors, in host names, also of encoded settings", () => {
    const policy = resource("NetworkPolicy", "networking.k8s.io/v1", {
      ...metadata("db"),
      spec: {
        ingress: [
          { from: [{ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "platform" } } }] },
        ],
      },
    });
    const settings = resource("ConfigMap", "v1", {
      ...metadata("web"),
      data: { HOST: "db.platform.svc.cluster.local", NAME: "platform" },
    });
    const password = resource("Secret", "v1", {
      ...metadata("db"),
      data: secret({ url: encoded("redis://cache.platform.svc:6379"), key: encoded("\u0000binary") }),
      stringData: { host: "db.platform.svc" },
    });
    const files = written([namespace, policy, settings, password], { namespace: "trial" });
    expect(files["namespace.yaml"]).toMatchObject([{ metadata: { name: "trial" } }]);
    expect(files["network.yaml"]).toMatchObject([
      {
        metadata: { namespace: "trial" },
        spec: {
          ingress: [
            { from: [{ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "trial" } } }] },
          ],
        },
      },
    ]);
    expect(files["settings.yaml"]).toMatchObject([
      // A text that only reads like it is somebody's own.
      { data: { HOST: "db.trial.svc.cluster.local", NAME: "platform" } },
    ]);
    expect(files["secrets.yaml"]).toMatchObject([
      {
        data: { url: encoded("redis://cache.trial.svc:6379"), key: encoded("\u0000binary") },
        stringData: { host: "db.trial.svc" },
      },
    ]);
  });

  test("is in what Traefik calls its own objects", () => {
    const annotation = "traefik.ingress.kubernetes.io/router.middlewares";
    const ingress = resource(
      "Ingress",
      "networking.k8s.io/v1",
      metadata("web", {
        annotations: { [annotation]: "platform-strip@kubernetescrd,other-platform-x@kubernetescrd,a@file" },
      }),
    );
    expect(written([ingress], { namespace: "trial" })["others.yaml"]).toMatchObject([
      {
        metadata: {
          annotations: { [annotation]: "trial-strip@kubernetescrd,other-platform-x@kubernetescrd,a@file" },
        },
      },
    ]);
  });

  test("can't be that of several", () => {
    const elsewhere = resource("Secret", "v1", { metadata: { name: "x", namespace: "other" } });
    expect(() => manifests.files([deployment, elsewhere], { namespace: "trial" })).toThrow(
      'several namespaces (platform, other), which can\'t all be named "trial"',
    );
  });
});

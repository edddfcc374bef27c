import { afterEach, describe, expect, it, vi } from "vitest";
import { unknown, type Values } from "../../../../../embedded/plugins/provider/value.ts";
import { secret } from "../../../../../embedded/plugins/provider/wire.ts";
import { CHARTS } from "../../../../../components/clusters/add-ons/charts.ts";
import { exactVersion, knownChart } from "../../../../../embedded/plugins/kubernetes/helm/charts.ts";
import { Managed } from "../managed.ts";
import { calling, cluster, resourceFor } from "../support.ts";
import { homeWithDefinitions } from "./definitions.ts";
import { KeepingApiServer } from "./keeping-api-server.ts";

const token = "kubernetes:helm.sh/v3:Release";
const namespace = "certificates";
const program = {
  compat: "true",
  name: "issuing",
  namespace,
  chart: "cert-manager",
  version: "v1.21.1",
  repositoryOpts: { repo: "https://charts.jetstack.io" },
  values: { replicaCount: 2, crds: { enabled: true } },
} satisfies Values;
const certManager = knownChart("cert-manager", true).brings!.definitions.toSorted();

afterEach(() => vi.unstubAllEnvs());

/** A release on an API server that keeps what it is given, on a machine that has the definitions of cert-manager. */
async function releasing(settings: Values = {}) {
  vi.stubEnv("KEELSON_HOME", homeWithDefinitions("cert-manager", certManager));
  const api = await KeepingApiServer.start();
  return { api, release: new Managed(cluster(settings, api.server.client()), token, "issuer") };
}

async function checked(inputs: Values) {
  const { context } = calling(cluster({}), "urn:pulumi:test::shop::kubernetes:helm.sh/v3:Release::issuer");
  const request = { urn: context.urn, oldInputs: {}, inputs, randomSeed: Buffer.from("seed") };
  return resourceFor(context.urn).check(request, context);
}

describe("the inputs of a release", () => {
  it("are completed as the official plugin completes them", async () => {
    const { inputs, failures } = await checked({
      compat: "true",
      chart: "keda",
      repositoryOpts: { repo: "https://k" },
    });
    expect(failures).toEqual([]);
    expect(inputs).toEqual({
      allowNullValues: false,
      atomic: false,
      chart: "keda",
      cleanupOnFail: false,
      createNamespace: false,
      dependencyUpdate: false,
      description: "",
      devel: false,
      disableCRDHooks: false,
      disableOpenapiValidation: false,
      disableWebhooks: false,
      forceUpdate: false,
      keyring: "",
      lint: false,
      name: expect.stringMatching(/^issuer-[0-9a-f]{8}$/),
      namespace: "default",
      postrender: "",
      recreatePods: false,
      renderSubchartNotes: false,
      replace: false,
      repositoryOpts: {
        caFile: "",
        certFile: "",
        keyFile: "",
        password: "",
        repo: "https://k",
        username: "",
      },
      resetValues: false,
      reuseValues: false,
      skipAwait: false,
      skipCrds: false,
      timeout: 300,
      values: {},
      verify: false,
      version: "2.20.2",
      waitForJobs: false,
    });
  });

  it("have no time-out of their own where nothing is waited for", async () => {
    expect((await checked({ ...program, skipAwait: true })).inputs).toMatchObject({ timeout: 0 });
  });

  it("take values from files, the later over the earlier, and the program's over both", async () => {
    const asset = (text: string) => ({
      "4dabf18193072939515e22adb298388d": "c44067f5952c0a294b673a41bacd8c17",
      text,
    });
    const valueYamlFiles = [
      asset("replicaCount: 1\nglobal: { logLevel: 2, rbac: { create: true } }"),
      asset("global: { logLevel: 4 }"),
    ];
    const { inputs } = await checked({ ...program, valueYamlFiles, values: { replicaCount: 3 } });
    expect(inputs["values"]).toEqual({ replicaCount: 3, global: { logLevel: 4, rbac: { create: true } } });
    expect(
      (await checked({ ...program, valueYamlFiles: secret(valueYamlFiles) })).inputs["values"],
    ).toHaveProperty("value");
  });

  it("stay secret, and unknown, where they are", async () => {
    const { inputs } = await checked({ ...program, values: { a: secret("hidden"), b: { c: unknown } } });
    expect(inputs["values"]).toEqual({ a: secret("hidden"), b: { c: unknown } });
  });

  it.each([
    [
      "a chart that nothing is known of",
      { chart: "nginx" },
      /it knows traefik, cert-manager, keda, cloudnative-pg, metrics-server, cluster-autoscaler/,
    ],
    ["a chart in a folder", { chart: "./charts/own", repositoryOpts: {} }, /renders no charts/],
    ["an archive", { chart: "cert-manager-v1.21.1.tgz", repositoryOpts: {} }, /renders no charts/],
    ["several versions", { version: ">=1.20.0" }, /cannot ask which versions .* name one, as "v1.21.1"/],
    ["a name that Helm refuses", { name: "Issuing_1" }, /invalid release name/],
  ])("are refused with %s", async (_, change, reason) => {
    const { failures } = await checked({ ...program, ...change });
    expect(failures.map((failure) => failure.reason).join()).toMatch(reason);
  });

  it("name a chart in an OCI registry, or one of a repository that Helm was told of", async () => {
    const { inputs, failures } = await checked({
      ...program,
      chart: "oci://quay.io/jetstack/charts/cert-manager",
      repositoryOpts: {},
      version: "1.21.1",
    });
    expect([failures, inputs["version"]]).toEqual([[], "v1.21.1"]);
    expect(
      (await checked({ ...program, chart: "jetstack/cert-manager", repositoryOpts: {} })).failures,
    ).toEqual([]);
  });

  it.each(Object.entries(CHARTS))(
    "mean the chart %s in the version that clusters install",
    (name, { version }) => {
      expect(exactVersion(knownChart(name, true), "")).toBe(version);
    },
  );
});

describe("a new release", () => {
  it("is kept in the form of Helm, with what is known of the chart", async () => {
    const { api, release } = await releasing();
    await using _ = api;
    await release.up(program);
    const [kept] = api.below(`namespaces/${namespace}/secrets/`);
    expect(kept).toMatchObject({
      type: "helm.sh/release.v1",
      metadata: {
        name: "sh.helm.release.v1.issuing.v1",
        labels: {
          name: "issuing",
          owner: "helm",
          status: "deployed",
          version: "1",
          createdAt: expect.stringMatching(/^\d+$/),
        },
      },
    });
    expect(api.revisions(namespace)).toMatchObject([
      {
        name: "issuing",
        namespace,
        version: 1,
        info: { status: "deployed", description: "Install complete", deleted: "" },
        chart: { metadata: { name: "cert-manager", version: "v1.21.1", appVersion: "v1.21.1" } },
        config: program.values,
      },
    ]);
  });

  it("answers what the official plugin answers", async () => {
    const { api, release } = await releasing();
    await using _ = api;
    await release.up(program);
    expect(release.known).toMatchObject({
      id: `${namespace}/issuing`,
      outputs: {
        ...release.known.inputs,
        __inputs: secret(release.known.inputs),
        resourceNames: {
          "CustomResourceDefinition.apiextensions.k8s.io/apiextensions.k8s.io/v1": certManager,
        },
        status: {
          appVersion: "v1.21.1",
          chart: "cert-manager",
          name: "issuing",
          namespace,
          revision: 1,
          status: "deployed",
          version: "v1.21.1",
        },
      },
    });
  });

  it("makes the definitions that the cluster lacks, leaves those that it has, and says what is missing", async () => {
    const { api, release } = await releasing();
    await using _ = api;
    const [there = ""] = certManager;
    api.objects.set(`customresourcedefinitions/${there}`, { metadata: { name: there } });
    await release.up(program);
    expect(api.definitions).toEqual(certManager);
    expect(api.objects.get(`customresourcedefinitions/${there}`)).toEqual({ metadata: { name: there } });
    expect(api.objects.get(`customresourcedefinitions/${certManager[1]}`).metadata).toMatchObject({
      labels: { "app.kubernetes.io/managed-by": "Helm" },
      annotations: { "helm.sh/resource-policy": "keep", "meta.helm.sh/release-name": "issuing" },
    });
    expect(release.lines).toEqual([
      {
        severity: "warning",
        message: expect.stringMatching(/cert-manager v1\.21\.1 was not installed.*nothing that acts on them/),
      },
    ]);
  });

  it("makes no definitions where it skips them, or its chart has none", async () => {
    const { api, release } = await releasing();
    await using _ = api;
    await release.up({ ...program, skipCrds: true });
    const metrics = new Managed(cluster({}, api.server.client()), token, "metrics");
    await metrics.up({
      chart: "metrics-server",
      repositoryOpts: { repo: "https://m" },
      namespace: "metrics",
    });
    expect(api.definitions).toEqual([]);
    expect([release, metrics].map(({ known }) => known.outputs["resourceNames"])).toEqual([{}, {}]);
    expect(metrics.lines[0]?.message).toMatch(
      /metrics-server 3\.13\.1 was not installed.*nothing of it is in the cluster/,
    );
  });

  it("names the definitions that are neither in the cluster nor on the machine, and leaves nothing behind", async () => {
    const { api, release } = await releasing();
    await using _ = api;
    vi.stubEnv("KEELSON_HOME", homeWithDefinitions("keda", ["scaledjobs.keda.sh"]));
    await expect(release.up({ ...program, chart: "keda", version: "2.20.2" })).rejects.toThrow(
      /does not know .*scaledobjects\.keda\.sh.* with kubectl/,
    );
    expect(api.objects.size).toBe(0);
  });

  it("makes its namespace where it is told to, and takes one that is there", async () => {
    const { api, release } = await releasing();
    await using _ = api;
    await release.up({ ...program, createNamespace: true });
    expect(api.objects.get(`namespaces/${namespace}`).metadata.labels).toEqual({ name: namespace });
    await new Managed(cluster({}, api.server.client()), token, "b").up({
      ...program,
      name: "b",
      createNamespace: true,
    });
  });

  it("does not take the name of another", async () => {
    const { api, release } = await releasing();
    await using _ = api;
    await release.up(program);
    const again = new Managed(cluster({}, api.server.client()), token, "again");
    await expect(again.up(program)).rejects.toThrow("cannot re-use a name that is still in use");
  });

  it("is previewed without a change, and without what only Helm knows", async () => {
    const { api, release } = await releasing();
    await using _ = api;
    expect(await release.preview(program)).toMatchObject({
      chart: "cert-manager",
      status: unknown,
      resourceNames: unknown,
    });
    expect(api.objects.size).toBe(0);
  });

  it("is refused while the cluster can't be reached", async () => {
    const release = new Managed(cluster({}), token, "issuer");
    await expect(release.up(program)).rejects.toThrow(
      /can't create Helm Release with unreachable cluster: there is none in this test/,
    );
  });

  it("keeps secret values out of clear state", async () => {
    const { api, release } = await releasing();
    await using _ = api;
    await release.up({ ...program, values: { token: secret("t0p") } });
    const { values, __inputs: inputs, ...others } = release.known.outputs;
    expect(values).toEqual({ token: secret("t0p") });
    expect(Object.keys(inputs as Values)).toEqual(Object.keys(secret("") as Values));
    expect(JSON.stringify(others)).not.toContain("t0p");
  });
});

import { describe, expect, it } from "vitest";
import { checkSettings } from "../../../../../embedded/plugins/kubernetes/config/check.ts";
import { Cluster } from "../../../../../embedded/plugins/kubernetes/config/cluster.ts";
import { diffSettings } from "../../../../../embedded/plugins/kubernetes/config/difference.ts";
import {
  activeCluster,
  loadKubeconfig,
} from "../../../../../embedded/plugins/kubernetes/config/kubeconfig.ts";
import { readSettings } from "../../../../../embedded/plugins/kubernetes/config/settings.ts";
import { kubernetes } from "../../../../../embedded/plugins/kubernetes/provider.ts";
import { unknown } from "../../../../../embedded/plugins/provider/value.ts";
import { temporaryFolder } from "../../../../support/temporary-folder.ts";

const kubeconfig = (server: string, token = "t0k3n"): string =>
  JSON.stringify({
    clusters: [
      { name: "one", cluster: { server } },
      { name: "two", cluster: { server: "https://two.example.com" } },
    ],
    users: [{ name: "me", user: { token } }],
    contexts: [
      { name: "first", context: { cluster: "one", user: "me", namespace: "shop" } },
      { name: "second", context: { cluster: "two", user: "me" } },
    ],
    "current-context": "first",
  });
const choice = { kubeconfig: kubeconfig("https://one.example.com"), context: undefined, cluster: undefined };

describe("the provider's settings", () => {
  it("are on or off by the program, else by the environment, else as the official plugin has them", () => {
    const environment = { PULUMI_K8S_DELETE_UNREACHABLE: "true", PULUMI_K8S_ENABLE_SECRET_MUTABLE: "true" };
    expect(
      readSettings({ enableSecretMutable: false, enableConfigMapMutable: "true" }, environment),
    ).toMatchObject({
      deleteUnreachable: true,
      enableSecretMutable: false,
      enableConfigMapMutable: true,
      enableServerSideApply: true,
      upsertExistingObjects: false,
    });
  });

  it("that do not go together are refused", () => {
    const refused = (settings: object) =>
      checkSettings(
        "urn:pulumi:a::b::pulumi:providers:kubernetes::mine",
        { ...settings },
        { KUBECONFIG: "/own" },
      ).map(({ property }) => property);
    expect(refused({ renderYamlToDirectory: "out", context: "x", kubeconfig: "/other" })).toEqual([
      "context",
      "kubeconfig",
    ]);
    expect(refused({ renderYamlToDirectory: "out", kubeconfig: "/own" })).toEqual([]);
    expect(refused({ alwaysRender: "true" })).toEqual(["alwaysRender"]);
    expect(refused({ strictMode: "true", kubeconfig: "x" })).toEqual(["context"]);
    expect(refused({ strictMode: "true", kubeconfig: "x", context: "y" })).toEqual([]);
  });
});

describe("a kubeconfig", () => {
  it("is given by its content or its path", () => {
    const folder = temporaryFolder({ config: choice.kubeconfig });
    const server = "https://one.example.com";
    expect(loadKubeconfig(choice).getCurrentCluster()).toMatchObject({ server });
    expect(loadKubeconfig({ ...choice, kubeconfig: `${folder}/config` }).getCurrentCluster()).toMatchObject({
      server,
    });
  });

  it("leads elsewhere with another context, or another cluster of it", () => {
    expect(activeCluster({ ...choice, context: "second" })?.name).toBe("two");
    expect(activeCluster({ ...choice, cluster: "two" })?.name).toBe("two");
  });

  it("that has no such context says which it has", () => {
    expect(() => loadKubeconfig({ ...choice, context: "third" })).toThrow(
      'the kubeconfig has no context "third": it has "first", "second"',
    );
    expect(() => loadKubeconfig({ ...choice, cluster: "three" })).toThrow('has no cluster "three"');
  });

  it("that cannot be read is not shown, as it holds credentials", () => {
    const given = "token: t0k3n\n  broken: [";
    expect(() => loadKubeconfig({ ...choice, kubeconfig: given })).toThrow(
      /^`kubernetes:config:kubeconfig` is neither the content of a kubeconfig \(YAML or JSON\) nor the path of one$/,
    );
  });

  it("of a server that does not answer leaves a cluster that says so", async () => {
    const settings = readSettings({ kubeconfig: kubeconfig("http://127.0.0.1:1") }, {});
    const cluster = await Cluster.connect(settings);
    expect(cluster.unreachable).toMatch(
      /^the Kubernetes API server at http:\/\/127.0.0.1:1 does not answer: .*ECONNREFUSED/,
    );
    expect(cluster.defaultNamespace).toBe("shop");
    expect(() => cluster.client).toThrow("configured Kubernetes cluster is unreachable");
  });
});

describe("changed settings", () => {
  const old = { kubeconfig: kubeconfig("https://one.example.com") };

  it("replace everything when they lead to another cluster", () => {
    expect(diffSettings(old, { kubeconfig: kubeconfig("https://other.example.com") })).toMatchObject({
      changed: true,
      replaces: ["kubeconfig"],
    });
    expect(diffSettings(old, { ...old, context: "second" })).toMatchObject({ replaces: ["context"] });
  });

  it("replace nothing when they lead to the same one with other credentials", () => {
    const renewed = { kubeconfig: kubeconfig("https://one.example.com", "new") };
    expect(diffSettings(old, renewed)).toMatchObject({
      changed: true,
      differs: ["kubeconfig"],
      replaces: [],
    });
    expect(diffSettings(old, { ...old, enableSecretMutable: "true" })).toMatchObject({
      changed: true,
      replaces: [],
    });
    expect(diffSettings(old, old)).toMatchObject({ changed: false });
  });

  it("replace everything while nobody knows where they will lead, unless the cluster has an identity", () => {
    expect(diffSettings(old, { kubeconfig: unknown })).toMatchObject({ replaces: ["kubeconfig"] });
    const identified = { clusterIdentifier: "a" };
    expect(diffSettings({ ...old, ...identified }, { kubeconfig: unknown, ...identified })).toMatchObject({
      replaces: [],
    });
    expect(diffSettings({ ...old, ...identified }, { ...old, clusterIdentifier: "b" })).toMatchObject({
      replaces: ["clusterIdentifier"],
    });
  });
});

it("charts are no objects of the API: the plugin says how to write what they make", () => {
  expect(() => kubernetes.otherResource?.("kubernetes:helm.sh/v3:Release")).toThrow(/helm template/);
});
